/** The table of contents of `src`: everything a lesson or your own program imports. */
export { tf } from './backend/tf';
export {
  BACKENDS,
  type BackendChoice,
  type BackendName,
  backendLine,
  useBackend,
} from './backend/useBackend';
export { type EightConvNetOptions, eightConvNet, ORIGINAL_WIDTHS } from './nets/eightConvNet';
export { applyPlan } from './pruning/applyPlan';
export { describePlan } from './pruning/describePlan';
export { type ChannelGroup, findGroups, type GroupMember } from './pruning/findGroups';
export { l1Norms } from './pruning/l1Norms';
export { layerWeight } from './pruning/layerWeight';
export { type GroupPlan, makePlan, type Plan, type PruneOptions } from './pruning/makePlan';
export { maskPlan } from './pruning/maskPlan';
export { prune } from './pruning/prune';
export type { ChannelScorer, Importance } from './pruning/unitScores';
export { type BeforeAfter, type Comparison, compare, type LayerComparison } from './report/compare';
export { comparisonMarkdown, comparisonText } from './report/comparisonText';
export { countParameters } from './report/countParameters';
export { describe } from './report/describe';
export { type Latency, type LatencyOptions, latency, latencyText } from './report/latency';
export { type MultiplyAdds, multiplyAdds } from './report/multiplyAdds';

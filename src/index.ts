/** The table of contents of `src`: everything a lesson or your own program imports. */
export { tf } from './backend/tf';
export {
  BACKENDS,
  type BackendChoice,
  type BackendName,
  backendLine,
  useBackend,
} from './backend/useBackend';
export { loadModel } from './files/loadModel';
export { loadPlan } from './files/loadPlan';
export { type PrunedFile, type PruneFileOptions, pruneFile } from './files/pruneFile';
export { type SaveModelOptions, saveModel } from './files/saveModel';
export { type SavePlanOptions, savePlan } from './files/savePlan';
export { type DigitsNetOptions, digitsNet } from './nets/digitsNet';
export { type EightConvNetOptions, eightConvNet, ORIGINAL_WIDTHS } from './nets/eightConvNet';
export { type MobileNetBlockOptions, mobileNetBlock } from './nets/mobileNetBlock';
export { type ResNetOptions, resNet } from './nets/resNet';
export { trainedDigitsNet } from './nets/trainedDigitsNet';
export { trainedVggNet } from './nets/trainedVggNet';
export { type VggNetOptions, vggNet } from './nets/vggNet';
export { type YoloBlockOptions, yoloBlock } from './nets/yoloBlock';
export { type ChartLibrariesOptions, chartLibraries } from './notebook/chartLibraries';
export { check, checkExercise } from './notebook/check';
export { type DisplayOptions, displayBundle, isNotebook, type MimeBundle } from './notebook/displayBundle';
export { keep } from './notebook/keep';
export { progress } from './notebook/progress';
export { todo } from './notebook/runCheck';
export { showHtml } from './notebook/showHtml';
export { showMarkdown } from './notebook/showMarkdown';
export { showPlotly3d } from './notebook/showPlotly3d';
export { showTable, type TableRow } from './notebook/showTable';
export { showVega } from './notebook/showVega';
export { startLesson } from './notebook/startLesson';
export { channelNorms } from './plots/channelNorms';
export type { ChartSpec } from './plots/chart';
export { type FilterHeatmapsOptions, filterHeatmaps } from './plots/filterHeatmaps';
export { type GroupGraphOptions, groupGraph } from './plots/groupGraph';
export { isPictureOnly } from './plots/isPictureOnly';
export { latencyBars, type TimeSpread } from './plots/latencyBars';
export { type NetImportanceOptions, netImportance } from './plots/netImportance';
export { normSurface3d } from './plots/normSurface3d';
export { type PercentCurve, type PercentPoint, percentCurves } from './plots/percentCurves';
export { type PlanStripsOptions, planStrips } from './plots/planStrips';
export type { PlotlyFigure } from './plots/plotlyFigure';
export { renderPng, renderSvg } from './plots/renderChart';
export { type SweepPoint, sweepCurve } from './plots/sweepCurve';
export { weightHeatmap } from './plots/weightHeatmap';
export { weightHistogram } from './plots/weightHistogram';
export { weightScatter3d } from './plots/weightScatter3d';
export { type BeforeAfterRow, widthsBeforeAfter } from './plots/widthsBeforeAfter';
export { applyPlan } from './pruning/applyPlan';
export { describePlan } from './pruning/describePlan';
export { explain } from './pruning/explain';
export { type ChannelGroup, findGroups, type GroupMember } from './pruning/findGroups';
export { l1Norms } from './pruning/l1Norms';
export { layerWeight } from './pruning/layerWeight';
export { type GroupPlan, makePlan, type Plan, type PruneOptions } from './pruning/makePlan';
export { maskPlan } from './pruning/maskPlan';
export { planFromJson } from './pruning/planFromJson';
export { planToJson } from './pruning/planToJson';
export { prune } from './pruning/prune';
export { type ChannelTrace, type TracedLayer, traceChannels } from './pruning/traceChannels';
export type { ChannelScorer, Importance } from './pruning/unitScores';
export { type BeforeAfter, type Comparison, compare, type LayerComparison } from './report/compare';
export { comparisonMarkdown, comparisonText } from './report/comparisonText';
export { costAt } from './report/costAt';
export { countParameters } from './report/countParameters';
export { describe } from './report/describe';
export { type Latency, type LatencyOptions, latency, latencyPair, latencyText } from './report/latency';
export { type MultiplyAdds, multiplyAdds } from './report/multiplyAdds';
export { type CostGroup, type CostTerm, type PruneCost, pruneCost } from './report/pruneCost';
export { relativeError } from './report/relativeError';
export { accuracy } from './train/accuracy';
export { type Digits, type DigitsSplit, digits } from './train/digits';
export { digitTensor } from './train/digitTensor';
export { pickDigits } from './train/pickDigits';
export { shiftDigits } from './train/shiftDigits';
export { type TrainEpochOptions, trainEpoch } from './train/trainEpoch';

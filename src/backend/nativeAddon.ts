import * as path from 'node:path';

/**
 * @returns where `npm run native` puts the compiled addon of tfjs-node: in the project, but outside node_modules; or
 *   what PRUNING_NATIVE_ADDON says.
 * @throws Error (MODULE_NOT_FOUND) where tfjs-node is not installed.
 */
export function nativeAddon(): string {
  if (process.env.PRUNING_NATIVE_ADDON) return process.env.PRUNING_NATIVE_ADDON;
  const tfjsNode = path.dirname(require.resolve('@tensorflow/tfjs-node/package.json'));
  return path.join(tfjsNode, '../../../.native/lib/napi-v8/tfjs_binding.node');
}

import * as path from 'node:path';

/**
 * @returns where `npm run native` puts the compiled addon of tfjs-node: in the project, but outside node_modules.
 * @throws Error (MODULE_NOT_FOUND) where tfjs-node is not installed.
 */
export function nativeAddon(): string {
  const tfjsNode = path.dirname(require.resolve('@tensorflow/tfjs-node/package.json'));
  return path.join(tfjsNode, '../../../.native/lib/napi-v8/tfjs_binding.node');
}

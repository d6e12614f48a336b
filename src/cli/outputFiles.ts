import * as path from 'node:path';
import type { Options } from './parseOptions';

/** Where everything goes that a run writes; undefined for what it does not write. */
export interface OutputFiles {
  original?: string;
  pruned?: string;
  histogram?: { png: string; html: string };
  scatter?: { png: string; html: string };
  plan?: string;
}

/** The models are directories that hold a model.json, the pictures are files. */
export function outputFiles({
  prune,
  save,
  plt,
  plt_3d,
  layer,
  out,
  model,
  plan,
  apply,
}: Options): OutputFiles {
  const picture = (kind: string): { png: string; html: string } => {
    const base = path.join(out, `${layer}.weight-${kind}`);
    return { png: `${base}.png`, html: `${base}.html` };
  };
  return {
    ...(save && model === undefined && { original: path.join(out, 'original') }),
    ...(save && prune && { pruned: path.join(out, 'pruned') }),
    ...(plt && { histogram: picture('histogram') }),
    ...(plt_3d && { scatter: picture('3d') }),
    ...(plan !== undefined && !apply && { plan }),
  };
}

/** Every file that would be replaced if it existed. */
export function fileList({ original, pruned, histogram, scatter, plan }: OutputFiles): string[] {
  const models = [original, pruned].flatMap((dir) => (dir ? [path.join(dir, 'model.json')] : []));
  const pictures = [histogram, scatter].flatMap((files) => (files ? [files.png, files.html] : []));
  return [...models, ...pictures, ...(plan !== undefined ? [plan] : [])];
}

/** One output in several forms, by MIME type; a front end shows the richest that it knows. */
export interface MimeBundle {
  'text/plain': string;
  [mime: string]: unknown;
}

export interface DisplayOptions {
  /** By MIME type, e.g. `{ 'image/png': { width: 600 } }`. */
  metadata?: Record<string, object>;
  /** A name under which a later call can replace this output. */
  id?: string;
  /** Replaces the output shown under `id`. */
  update?: boolean;
}

type WriteDisplayData = (
  output: { data: MimeBundle; metadata: object; transient: { display_id?: string } },
  update: boolean,
) => void;

/**
 * Shows one output with several MIME types in the notebook; tslab's own `display` sends one type only.
 * Outside a notebook the plain text goes to stdout, and updates are left out.
 */
export function displayBundle(
  data: MimeBundle,
  { metadata = {}, id, update = false }: DisplayOptions = {},
): void {
  const write = frontEnd();
  if (write) write({ data, metadata, transient: { display_id: id } }, update);
  else if (!update && data['text/plain']) console.log(data['text/plain']);
}

/** Whether a notebook's kernel runs this code. */
export function isNotebook(): boolean {
  return frontEnd() !== undefined;
}

/** Looks for a tslab that runs already, without loading it: elsewhere it would only cost time. */
function frontEnd(): WriteDisplayData | undefined {
  try {
    const loaded = require.cache[require.resolve('tslab/dist/jupyter')];
    return loaded?.exports.lastWriteDisplayData ?? undefined;
  } catch {
    return undefined;
  }
}

import type { MimeBundle } from '../../src/notebook/displayBundle';

export interface Shown {
  data: MimeBundle;
  metadata: Record<string, Record<string, unknown>>;
  id?: string;
  update: boolean;
}

/** Runs `body` as if tslab had loaded its Jupyter module, and returns what it displayed. */
export async function shownBy(body: () => unknown): Promise<Shown[]> {
  const shown: Shown[] = [];
  const lastWriteDisplayData = (
    {
      data,
      metadata,
      transient,
    }: { data: MimeBundle; metadata: Shown['metadata']; transient: { display_id?: string } },
    update: boolean,
  ) => shown.push({ data, metadata, id: transient.display_id, update });
  const file = require.resolve('tslab/dist/jupyter');
  require.cache[file] = { exports: { lastWriteDisplayData } } as NodeJS.Module;
  try {
    await body();
  } finally {
    delete require.cache[file];
  }
  return shown;
}

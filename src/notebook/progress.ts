import { displayBundle, isNotebook } from './displayBundle';
import { escapeHtml } from './escapeHtml';

let shown = 0;

/**
 * A progress bar that updates in place; nothing outside a notebook.
 *
 * @param total the number of steps.
 * @returns a function to call with the number of steps that are done.
 */
export function progress(total: number, label = ''): (done: number) => void {
  const id = `progress-${process.pid}-${Date.now()}-${shown++}`;
  let isShown = false;
  return (done) => {
    if (!isNotebook()) return;
    const text = `${label} ${done} of ${total}`.trim();
    displayBundle(
      {
        'text/html': `<progress value="${done}" max="${total}"></progress> ${escapeHtml(text)}`,
        'text/plain': text,
      },
      { id, update: isShown },
    );
    isShown = true;
  };
}

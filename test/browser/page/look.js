/**
 * Added by the tests to every page that shows a notebook: what a reader would see of its charts. The classes are
 * those of JupyterLab, which Notebook 7 and nbconvert's pages share.
 */
(() => {
  const isDrawn = ({ clientWidth, clientHeight }) => clientWidth > 100 && clientHeight > 50;

  /** The cells in their order: a front end may keep some that are far away out of the page. */
  function cells() {
    const all = [...document.querySelectorAll('.jp-Notebook .jp-Cell, main .jp-Cell')];
    return all.map((cell, i) => ({ cell, index: Number(cell.dataset.windowedListIndex ?? i) }));
  }

  /** @returns {{cell: number, kind: 'vega' | 'plotly' | 'picture', slider: boolean}[]} what is drawn, in order. */
  function charts() {
    return cells().flatMap(({ cell, index }) =>
      outputs(cell).map(({ kind, output }) => ({
        cell: index,
        kind,
        slider: output.querySelector('input[type=range]') !== null,
      })),
    );
  }

  function outputs(cell) {
    return [...cell.querySelectorAll('.jp-OutputArea-child')].flatMap((output) => {
      const kind = kindOf(output);
      return kind ? [{ kind, output }] : [];
    });
  }

  function kindOf(output) {
    const plot = output.querySelector('.js-plotly-plot');
    if (plot) return [...plot.querySelectorAll('canvas')].some(isDrawn) ? 'plotly' : undefined;
    const marks = output.querySelector('svg.marks, canvas.marks');
    if (marks) return isDrawnMarks(marks) ? 'vega' : undefined;
    const picture = output.querySelector('img');
    return picture?.naturalWidth > 0 && isDrawn(picture) ? 'picture' : undefined;
  }

  /** An svg has no client size of its own in every browser, but a box. */
  function isDrawnMarks(marks) {
    const { width, height } = marks.getBoundingClientRect();
    return (
      width > 100 && height > 50 && (marks.tagName === 'CANVAS' || marks.querySelector('[class^=mark-]'))
    );
  }

  /** @returns what a slider's chart shows: its texts, and how many bars there are of each colour. */
  function bars(marks) {
    const fills = [...marks.querySelectorAll('.mark-rect.role-mark path')].map((bar) =>
      bar.getAttribute('fill'),
    );
    const counts = {};
    for (const fill of fills) counts[fill] = (counts[fill] ?? 0) + 1;
    return { texts: [...marks.querySelectorAll('text')].map((text) => text.textContent), counts };
  }

  window.look = { bars, charts };
})();

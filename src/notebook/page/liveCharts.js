/**
 * Runs in the page that shows a notebook, once: turns pictures of charts into live charts, as soon as and only
 * if the library that draws them is on the page.
 */
(() => {
  if (window.liveCharts) return;
  /** Chromium keeps 16 WebGL contexts a page, then the oldest plot goes blank; the rest is for other pages' code. */
  const MOST_FIGURES = 12;
  /** How many screen refreshes an output waits for the picture of the output before it: half a second. */
  const MOST_FRAMES = 30;

  const libraries = {};
  /** The 3D figures that hold a WebGL context, the oldest first. */
  const figures = [];

  /** A promise of a library, and the function that keeps it: a chart may come before its library. */
  function library(name) {
    if (!libraries[name]) {
      libraries[name] = {};
      libraries[name].ready = new Promise((resolve) => {
        libraries[name].keep = resolve;
      });
    }
    return libraries[name];
  }

  /** @returns the text that was compressed by gzip and written in base64. */
  function unpack(base64) {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
  }

  /** Takes a library's packed source; a second copy is ignored. */
  async function provide(name, base64) {
    const wanted = library(name);
    if (wanted.provided) return;
    wanted.provided = true;
    const source = await unpack(base64);
    // Where require.js is on the page, a library would register there instead of returning its exports.
    const evaluate = new Function('define', 'require', 'module', 'exports', source);
    const module = { exports: {} };
    evaluate.call(window, undefined, undefined, module, module.exports);
    wanted.keep(module.exports);
  }

  /**
   * Replaces the picture before each of the marks by a live chart.
   * @param packed the JSON of {library: 'vega', spec, renderer} or {library: 'plotly', data, layout}
   */
  async function draw(packed, marks) {
    const chart = JSON.parse(await unpack(packed));
    const exports = await library(chart.library).ready;
    for (const mark of marks) {
      const picture = await pictureBefore(mark);
      // Without a picture the front end has drawn the chart itself.
      if (!picture || mark.dataset.live) continue;
      mark.dataset.live = 'yes';
      const element = document.createElement('div');
      element.className = 'live-chart';
      picture.after(element);
      picture.style.display = 'none';
      try {
        if (chart.library === 'vega') await drawVega(exports, chart, element);
        else await drawPlotly(exports, chart, element, picture);
      } catch (error) {
        restore(element, picture);
        throw error;
      }
    }
  }

  async function pictureBefore(mark) {
    const output = mark.closest('.jp-OutputArea-child, .output_area');
    for (let frame = 0; output && frame < MOST_FRAMES; frame++) {
      const picture = output.previousElementSibling?.querySelector('img');
      if (picture) return picture;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return undefined;
  }

  function drawVega(vega, { spec, renderer }, element) {
    const view = new vega.View(vega.parse(spec), { renderer, container: element, hover: true });
    // For tests and for the curious: `$0.__view` in the browser's console.
    element.__view = view;
    element.setAttribute('role', 'img');
    element.setAttribute('aria-label', spec.description);
    return view.runAsync();
  }

  async function drawPlotly(plotly, { data, layout }, element, picture) {
    if (!hasWebGl()) return restore(element, picture);
    makeRoom(plotly);
    figures.push({ element, picture });
    element.style.cssText = 'width: 100%; max-width: 760px; height: 460px';
    // "Share chart" would upload the figure.
    const config = { responsive: true, displaylogo: false, showSendToCloud: false };
    await plotly.newPlot(element, data, layout, config);
  }

  /** Figures of cells that ran again have left the page, but not the memory: they go first. */
  function makeRoom(plotly) {
    const isGone = ({ element }) => !element.isConnected;
    while (figures.length >= MOST_FIGURES) {
      const index = Math.max(0, figures.findIndex(isGone));
      const [{ element, picture }] = figures.splice(index, 1);
      const canvases = [...element.querySelectorAll('canvas')];
      for (const canvas of canvases) loseContext(canvas);
      plotly.purge(element);
      restore(element, picture);
    }
  }

  function restore(element, picture) {
    element.remove();
    picture.style.display = '';
  }

  let webGl;
  function hasWebGl() {
    webGl ??= loseContext(document.createElement('canvas'));
    return webGl;
  }

  /** @returns whether there was a context. */
  function loseContext(canvas) {
    const context = canvas.getContext('webgl2') ?? canvas.getContext('webgl');
    context?.getExtension('WEBGL_lose_context')?.loseContext();
    return Boolean(context);
  }

  window.liveCharts = { provide, draw };
  window.dispatchEvent(new Event('live-charts'));
})();

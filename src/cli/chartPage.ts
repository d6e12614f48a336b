import { scriptSource } from '../notebook/embedded';
import { escapeHtml } from '../notebook/escapeHtml';

export interface PageContent {
  title: string;
  /** What can be seen, in words. */
  description: string;
  /** The still picture, shown where scripts or WebGL do not run. */
  png: Buffer;
  width: number;
  /** The source of the library that the script needs. */
  library: string;
  /** Draws into the element `chart`, replacing the picture. */
  script: string;
}

/** The browser may run what is in the page, and load nothing from anywhere. */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:; worker-src blob:";

/** One HTML file with everything in it: the picture, the words, the library and the live chart. */
export function chartPage({ title, description, png, width, library, script }: PageContent): string {
  const words = escapeHtml(description);
  const picture = `data:image/png;base64,${png.toString('base64')}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>
body { font-family: 'DejaVu Sans', Verdana, sans-serif; margin: 24px; color: #333; background: white; }
#chart { max-width: 960px; } #chart img { max-width: 100%; height: auto; }
p { max-width: 800px; line-height: 1.5; }
</style>
</head>
<body>
<div id="chart" role="img" aria-label="${words}"><img alt="" width="${width}" src="${picture}"></div>
<p>${words}</p>
<script>${scriptSource(library)}</script>
<script>
${script}
</script>
</body>
</html>
`;
}

import type { Page } from 'playwright-core';
import { isLocal } from './foreignHosts';

/** @returns a list that fills with what goes wrong on a page: errors, and requests to anything but this machine. */
export function watchPage(page: Page): string[] {
  const trouble: string[] = [];
  const note = (line: string): void => {
    if (!HARMLESS.some((known) => line.includes(known))) trouble.push(line);
  };
  const noteHost = (url: string): void => {
    const { protocol, hostname } = new URL(url);
    if (/^(https?|wss?):$/.test(protocol) && !isLocal(hostname)) note(`request to ${url}`);
  };
  page.on('pageerror', (error) => note(`error: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && note(`console: ${message.text()}`));
  page.on('request', (request) => noteHost(request.url()));
  page.on('websocket', (socket) => noteHost(socket.url()));
  return trouble;
}

/** Errors of Notebook 7.6.5 itself: it makes them on an empty notebook of a bare installation, too. */
const HARMLESS = [
  // Its list of shortcuts is asked for before it is loaded.
  "error: Cannot read properties of undefined (reading 'schema')",
  // JupyterLab's file browser, which Notebook 7 has on another page.
  "error: Command 'filebrowser:open-path' not registered.",
];

'use strict';
const http = require('node:http');
const https = require('node:https');

/**
 * Asks for the size of a file on a server.
 * @param {object} [agent] for a proxy.
 * @returns {Promise<number>} bytes; 0 where the server does not say.
 * @throws Error with a short message when it does not answer in time, or not with the file.
 */
function sizeOf(address, { agent, milliseconds, signal }) {
  const { request } = address.startsWith('https:') ? https : http;
  return new Promise((resolve, reject) => {
    const timeout = AbortSignal.timeout(milliseconds);
    const asked = request(address, { method: 'HEAD', agent, signal: AbortSignal.any([timeout, signal]) });
    asked.on('response', (response) => {
      response.resume();
      if (response.statusCode === 200) resolve(Number(response.headers['content-length'] ?? 0));
      else reject(new Error(`it answers ${response.statusCode}`));
    });
    asked.on('error', (error) => {
      const late = timeout.aborted ? `no answer in ${milliseconds / 1000} seconds` : undefined;
      reject(new Error(late ?? error.code ?? error.message));
    });
    asked.end();
  });
}

module.exports = { sizeOf };

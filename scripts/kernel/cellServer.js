'use strict';
const { ZmqServer } = require('tslab/dist/jupyter');

/**
 * tslab's server, with a way to send any message to the front end.
 *
 * A cell or a helper sends one by `require('tslab/dist/jupyter').lastWriteDisplayData.send(type, content)`,
 * for example `send('clear_output', { wait: true })`.
 */
class CellServer extends ZmqServer {
  async handleExecute(socket, message) {
    const send = (type, content) => this.#sign(message, type, content, this.iopub);
    const writeStream = (name, text) => send('stream', { name, text });
    const writeDisplayData = (data, update) => send(update ? 'update_display_data' : 'display_data', data);
    writeDisplayData.send = send;
    const content = await this.handler.handleExecute(message.content, writeStream, writeDisplayData);
    this.#sign(message, 'execute_reply', content, socket);
  }

  #sign(message, type, content, socket) {
    const reply = message.createReply();
    reply.header.msg_type = type;
    reply.content = content;
    reply.signAndSend(this.connInfo.key, socket);
  }
}

module.exports = { CellServer };

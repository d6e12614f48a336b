'use strict';
/** Node runs this at its start by --require: writes down every host that it connects to. */
const fs = require('node:fs');
const net = require('node:net');

const { connect } = net.Socket.prototype;

net.Socket.prototype.connect = function (...args) {
  // net.connect and its kin hand on [[options, callback]].
  const [options, host] = Array.isArray(args[0]) ? args[0] : args;
  const name = typeof options === 'object' ? options.host : host;
  const isFile = typeof options === 'object' ? options.path : Number.isNaN(Number(options));
  if (!isFile) fs.appendFileSync(process.env.HOSTS_FILE, `node ${name ?? 'localhost'}\n`);
  return connect.apply(this, args);
};

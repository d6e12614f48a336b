'use strict';
// Syntax that any Node reads, so that an old one gets to this message: required before everything else.
var OLDEST = 20;

if (Number(process.versions.node.split('.')[0]) < OLDEST) {
  console.error(`Node ${OLDEST} or newer is needed; this is ${process.version} (${process.execPath}).`);
  process.exit(1);
}

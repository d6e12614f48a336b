'use strict';

/**
 * Says on stderr, with what is allowed, when an argument is not known.
 * @returns {boolean} whether there was one: the command then ends with exit code 2.
 */
function hasUnknownArgument(args, allowed) {
  const unknown = args.find((arg) => !allowed.includes(arg));
  if (unknown) console.error(`Unknown argument "${unknown}". Allowed: ${allowed.join(', ')}`);
  return unknown !== undefined;
}

module.exports = { hasUnknownArgument };

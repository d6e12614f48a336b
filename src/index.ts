/** The table of contents of `src`: everything a lesson or your own program imports. */
export { tf } from './backend/tf';
export { BACKENDS, type BackendChoice, type BackendName, backendLine, useBackend } from './backend/useBackend';

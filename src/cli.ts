import { main } from './cli/main';

// Who reads our output may stop early (| head): that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

main(process.argv.slice(2), process).then((code) => {
  process.exitCode = code;
});

import { main } from './cli/main';

// Who reads our output may stop early (| head): that is no failure, and files that were asked for are written.
const writesFiles = ['--save', '--plt', '--plt_3d', '--plan'].some((flag) =>
  process.argv.some((argument) => argument === flag || argument.startsWith(`${flag}=`)),
);
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  if (!writesFiles) process.exit(0);
});

main(process.argv.slice(2), process).then((code) => {
  process.exitCode = code;
});

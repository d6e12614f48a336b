import { tf } from '../backend/tf';
import { backendLine, useBackend } from '../backend/useBackend';
import { type ChartLibrariesOptions, chartLibraries } from './chartLibraries';
import { isNotebook } from './displayBundle';

/**
 * Starts the engine, prints one line with the versions and one with the engine, and puts the libraries of the
 * live charts into the notebook: the first cell of a lesson.
 *
 * @param options.plotly whether there will be 3D plots.
 * @throws Error when an engine that PRUNING_BACKEND forces cannot start; see `useBackend`.
 */
export async function startLesson(options: ChartLibrariesOptions = {}): Promise<void> {
  const choice = await useBackend();
  console.log(`Node ${process.version}, TensorFlow.js ${tf.version.tfjs}`);
  console.log(backendLine(choice));
  if (isNotebook()) chartLibraries(options);
}

import { tf } from '../backend/tf';
import { backendLine, useBackend } from '../backend/useBackend';

/**
 * Starts the engine and prints one line with the versions and one with the engine: the first cell of a lesson.
 *
 * @throws Error when an engine that PRUNING_BACKEND forces cannot start; see `useBackend`.
 */
export async function startLesson(): Promise<void> {
  const choice = await useBackend();
  console.log(`Node ${process.version}, TensorFlow.js ${tf.version.tfjs}`);
  console.log(backendLine(choice));
}

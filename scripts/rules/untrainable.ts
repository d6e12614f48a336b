import { TRAINING_CASES, trainedModel } from './trainingCases';
import { trainingFailure } from './trainingFailure';

/** The cases that TensorFlow.js cannot train on the present engine, found by trying, and why. */
export function untrainable(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, each] of Object.entries(TRAINING_CASES)) {
    const model = trainedModel(each);
    const failure = trainingFailure(model, each.shape);
    if (failure !== undefined) found[name] = failure;
    model.dispose();
  }
  return found;
}

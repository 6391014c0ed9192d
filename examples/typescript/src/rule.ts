// What a rule lets through. Misspelt fields, values and operators do not compile.

import { pattern } from "sagemaker-events/pattern";
import { TrainingJobStateChangeEvent } from "sagemaker-events/training-job";

export const failedInProduction = pattern(TrainingJobStateChangeEvent, {
  detail: {
    TrainingJobStatus: ["Failed", "Stopped"],
    TrainingJobName: [{ prefix: "prod-" }],
  },
});

/** How the report came about, and what it cannot show. The same words in every report. */
import { MAX_FILES } from "../analysis/files/modules.ts";
import { MAX_BYTES } from "../analysis/files/reach.ts";
import type { Method } from "./types.ts";

export const METHOD: Method = {
  statements: [
    "ESLint read the source text of the files; nothing was executed. A rule reports what it can show and is silent about what it cannot see.",
    "A finding is counter-evidence against the controls that its rule bears on. For a supporting control it weakens the control; other measures may make up for that.",
    "That there are no findings is said only where every rule of a control was on in every file of production code and every file could be read.",
    "A waiver counts up to and including its last day, in UTC. One that has expired, or lacks what the policy asks for, waives nothing.",
    "Files of tests, examples and fixtures are counted apart: presets judge them more mildly.",
    "No source text is printed, and what looks like a secret in a message or a reason is masked.",
    "Identifiers and titles of standards are quoted to refer to them; the standards belong to their publishers, who have nothing to do with this report.",
  ],
  limits: [
    "Values that come from the environment, a vault or remote configuration.",
    "Rotation and custody of keys, and who has access to them.",
    "Encryption that ends at a proxy or a gateway, and what it logs.",
    "Whether a store of revoked tokens works, and is asked.",
    "Whether logs are shipped, kept, protected and reviewed.",
    "The settings of identity providers.",
    "Code that was not linted: other languages, generated or ignored files, dependencies.",
    `What is further than ${MAX_FILES} other files away from a linted one, or stands in one of more than ${MAX_BYTES / 1000} kB: what it says counts as unknown.`,
    "Whether a measure elsewhere already makes up for a finding.",
    "Whether controls worked over a period of time.",
  ],
};

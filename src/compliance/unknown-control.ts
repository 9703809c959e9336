import { correspondences, successorsOf } from "./correspondence.ts";
import { findControlId, findGroup, idsOf } from "./find.ts";
import { frameworks } from "./frameworks/index.ts";
import { didYouMean } from "./suggest.ts";
import type { Framework } from "./types.ts";

/** Says that a framework has no such control, and what was most likely meant. */
export function describeUnknownControl(framework: Framework, written: string): string {
  const start = `${framework.name} has no ${framework.unit} ${JSON.stringify(written)}.`;
  const group = findGroup(framework, written);
  if (group.length > 0) return `${start} It is a heading; below it are ${group.join(", ")}.`;
  for (const { from, to } of correspondences) {
    if (to !== framework.id) continue;
    const older = frameworks.find(({ id }) => id === from);
    const id = older === undefined ? undefined : findControlId(older, written);
    if (older === undefined || id === undefined) continue;
    const successors = successorsOf(from, id);
    const now = successors.length === 0 ? "" : ` It is now ${successors.join(" and ")}.`;
    return `${start} It is one of ${older.name}.${now}`;
  }
  return `${start}${didYouMean(written, idsOf(framework))}`;
}

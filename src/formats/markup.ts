/** Pieces of HTML that cannot be mixed up with text: what comes from outside is always escaped. */
import { escapeMarkup } from "./escape.ts";
import { grouped } from "./words.ts";

export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Filling = string | number | Markup | undefined | readonly Filling[];

/** Fills in a piece of HTML: texts are escaped, numbers grouped, lists joined. */
export function html(strings: TemplateStringsArray, ...values: readonly Filling[]): Markup {
  let text = strings[0] ?? "";
  for (const [index, value] of values.entries()) text += fill(value) + (strings[index + 1] ?? "");
  return new Markup(text);
}

function fill(value: Filling): string {
  if (value === undefined) return "";
  if (typeof value === "string") return escapeMarkup(value);
  if (typeof value === "number") return grouped(value);
  return value instanceof Markup ? value.text : value.map(fill).join("");
}

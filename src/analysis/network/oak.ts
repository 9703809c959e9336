import type { SourceFile } from "../files/source-file.ts";
import { dottedPath } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { importSource } from "../values/whole-files.ts";

/** What Oak calls the request of a context, whole or taken apart: `ctx.request`, `{ request }` */
const BODY = /^(?:(?:ctx|context)\.)?request\.body$/u;

/**
 * `await request.body().value`, `ctx.request.body({ type: "json" }).value`: the body of a request in Oak up to release 12,
 * whose requests are asked for it. Later ones have `await ctx.request.body.json()`, as a request of the platform has.
 */
export function isBodyRead({ callee }: CallNode): boolean {
  return BODY.test(dottedPath(callee)?.join(".") ?? "");
}

/** Is it the class of which Oak's applications are, `Application` of `@oak/oak`? Many things are called so. */
export function isOakApplication(file: SourceFile, maker: Node): boolean {
  return (
    maker.type === "Identifier" &&
    maker.name === "Application" &&
    MODULES.test(importSource(file.variableOf(maker))?.value ?? "")
  );
}

/** `@oak/oak`, `jsr:@oak/oak@17`, `https://deno.land/x/oak@v12.6.1/mod.ts` */
const MODULES = /(?:^|[/@:])oak(?:[@/]|$)/u;

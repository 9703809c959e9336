import type { Analysis } from "../../analysis/analysis.ts";
import { alikeGuards } from "../../analysis/guards/alike-guards.ts";
import { droppedByHandlers } from "../../analysis/guards/dropped-by-handlers.ts";
import { exemptions } from "../../analysis/guards/exemptions.ts";
import { constantContexts } from "../../analysis/guards/constant-contexts.ts";
import { lateGuards } from "../../analysis/guards/late-guards.ts";
import { openAuthorizers } from "../../analysis/guards/open-authorizers.ts";
import { openGuards } from "../../analysis/guards/open-guards.ts";
import { openPrefixes } from "../../analysis/guards/open-prefixes.ts";
import { presenceAnswers } from "../../analysis/guards/presence-answers.ts";
import { presenceOnly } from "../../analysis/guards/presence-only.ts";
import { returnedExceptions } from "../../analysis/guards/returned-exceptions.ts";
import { markedInstead, saidInstead } from "../../analysis/guards/said-instead.ts";
import { saidPasses } from "../../analysis/guards/said-passes.ts";
import { searchedAddresses } from "../../analysis/guards/searched-addresses.ts";
import { stayingSocket } from "../../analysis/guards/staying-sockets.ts";
import { thrownAtConnection } from "../../analysis/guards/thrown-at-connection.ts";
import { deafCallbacks } from "../../analysis/trust/strategy-callbacks.ts";
import type { Node } from "../../analysis/syntax.ts";

/** A way in that leads past a verification, whatever that says: what a rule says of it, and where. */
export interface OpenWay {
  readonly node: Node;
  readonly messageId:
    | "requestWithoutToken"
    | "markedWithoutToken"
    | "openPrefix"
    | "saidPasses"
    | "searchedAddress"
    | "openGuard"
    | "openAuthorizer"
    | "lateGuard"
    | "errorFallsThrough"
    | "errorSkipsGuard"
    | "socketStays"
    | "thrownAtConnection"
    | "exceptionReturned"
    | "allExempted"
    | "methodExempted"
    | "roleNotAsked"
    | "presenceOnly"
    | "presenceAnswered"
    | "constantIdentity"
    | "userUntested";
  readonly data?: Readonly<Record<string, string>>;
}

/** @param passing guards of which it is said already how a failure passes them */
export function* openWays(
  { core, operations }: Analysis,
  passing: ReadonlySet<Node | undefined>,
): Generator<OpenWay> {
  for (const operation of operations) {
    if (operation.kind !== "verify") continue;
    const { name } = operation;
    const said = saidInstead(core, operation);
    if (said !== undefined) yield { node: said, messageId: "requestWithoutToken", data: { name } };
    const marked = markedInstead(core, operation);
    if (marked !== undefined)
      yield { node: marked, messageId: "markedWithoutToken", data: { name } };
    const staying = stayingSocket(core, operation);
    if (staying !== undefined) yield { node: staying, messageId: "socketStays", data: { name } };
    for (const node of openPrefixes(core, operation))
      yield { node, messageId: "openPrefix", data: { name } };
    for (const { node, what } of saidPasses(core, operation))
      yield { node, messageId: "saidPasses", data: { what } };
    for (const { node, address } of searchedAddresses(core, operation))
      yield { node, messageId: "searchedAddress", data: { name, address } };
  }
  for (const method of openGuards(core)) {
    const { parent } = method;
    if (parent.type === "MethodDefinition" && !passing.has(method))
      yield { node: parent.key, messageId: "openGuard" };
  }
  for (const node of thrownAtConnection(core)) yield { node, messageId: "thrownAtConnection" };
  for (const node of returnedExceptions(core)) yield { node, messageId: "exceptionReturned" };
  for (const node of openAuthorizers(core, operations)) yield { node, messageId: "openAuthorizer" };
  for (const { node, router, route } of lateGuards(core, operations)) {
    const data = { line: String(route.loc.start.line), router };
    yield { node, messageId: "lateGuard", data };
  }
  for (const { kind, node, operation } of droppedByHandlers(core, operations)) {
    const messageId = kind === "of-guard" ? "errorFallsThrough" : "errorSkipsGuard";
    yield { node, messageId, data: { name: operation.name } };
  }
  for (const { node, guard, method, behind } of exemptions(core, operations)) {
    if (method === undefined) yield { node, messageId: "allExempted", data: { guard } };
    else {
      const line = String(behind?.loc.start.line);
      yield { node, messageId: "methodExempted", data: { guard, method, line } };
    }
  }
  for (const { node, guard, other } of alikeGuards(core, operations))
    yield { node, messageId: "roleNotAsked", data: { guard, other } };
  for (const { node, guard } of presenceOnly(core, operations))
    yield { node, messageId: "presenceOnly", data: { guard } };
  for (const node of presenceAnswers(core, operations))
    yield { node, messageId: "presenceAnswered" };
  for (const node of constantContexts(core, operations))
    yield { node, messageId: "constantIdentity" };
  for (const { node, guard } of deafCallbacks(core))
    yield { node, messageId: "userUntested", data: { guard } };
}

import type { Analysis } from "../../analysis/analysis.ts";
import { dottedPath } from "../../analysis/syntax.ts";
import type { Node } from "../../analysis/syntax.ts";
import { askedClaims } from "../../analysis/issuance/asked-claims.ts";
import { askedIdentities } from "../../analysis/issuance/asked-identity.ts";
import { askedRights } from "../../analysis/issuance/asked-rights.ts";
import { assignedChoices } from "../../analysis/issuance/assigned-choices.ts";
import { calledSigners } from "../../analysis/issuance/called-signers.ts";
import { decodedOnly } from "../../analysis/issuance/decoded-only.ts";
import { emptiedCodes } from "../../analysis/issuance/emptied-codes.ts";
import { fixedIdentities } from "../../analysis/issuance/fixed-identities.ts";
import { keptHeaders } from "../../analysis/trust/kept-headers.ts";
import { keylessDecodes } from "../../analysis/trust/keyless-decodes.ts";
import { openSignIns } from "../../analysis/issuance/open-sign-in.ts";
import { otherAccounts } from "../../analysis/issuance/other-accounts.ts";
import { otherIdentities } from "../../analysis/issuance/other-identities.ts";
import { refusedClaims } from "../../analysis/trust/refused-claims.ts";
import { sentClaims } from "../../analysis/trust/sent-claims.ts";
import { unawaitedProofs } from "../../analysis/issuance/unawaited-proofs.ts";
import { unreadProofs } from "../../analysis/issuance/unread-proofs.ts";
import { unreadTokens } from "../../analysis/trust/unread-tokens.ts";
import { writtenPasswords } from "../../analysis/issuance/written-passwords.ts";
import { named } from "./mention.ts";

/** Somebody is taken for whom he says he is, and nothing proves it: what a rule says of it, and where. */
export interface Unproven {
  readonly node: Node;
  readonly messageId:
    | "sentClaims"
    | "refusedClaims"
    | "askedClaims"
    | "askedUpdate"
    | "openSignIn"
    | "keptHeader"
    | "unreadToken"
    | "unawaitedProof"
    | "unawaitedComparison"
    | "unreadProof"
    | "emptiedCode"
    | "assignedChoice"
    | "writtenPassword"
    | "otherAccount"
    | "decodedOnly"
    | "keylessDecode"
    | "otherIdentity"
    | "askedRights"
    | "fixedIdentity"
    | (typeof ASKED)[keyof typeof ASKED];
  readonly data?: Readonly<Record<string, string>>;
}

const ASKED = {
  given: "askedIdentity",
  called: "calledIdentity",
  shown: "shownLink",
  written: "writtenProof",
} as const;

/** All of them in a file. */
export function* unproven(analysis: Analysis): Generator<Unproven> {
  for (const { operation, request } of sentClaims(analysis)) {
    const data = { name: operation.name, line: lineOf(request) };
    yield { node: operation.node, messageId: "sentClaims", data };
  }
  for (const { node, trust } of refusedClaims(analysis.core, analysis.operations)) {
    const data = { name: named(dottedPath(node)?.join(".") ?? ""), line: lineOf(trust.use.node) };
    yield { node, messageId: "refusedClaims", data };
  }
  for (const { kind, node, name } of askedClaims(analysis)) {
    if (kind === "session-update") yield { node, messageId: "askedUpdate" };
    else yield { node, messageId: "askedClaims", data: { name: named(name) } };
  }
  for (const { node, name } of calledSigners(analysis))
    yield { node, messageId: ASKED.called, data: { name: named(name) } };
  for (const node of openSignIns(analysis)) yield { node, messageId: "openSignIn" };
  for (const { node, header } of keptHeaders(analysis))
    yield { node, messageId: "keptHeader", data: { header } };
  for (const { node, name } of unreadTokens(analysis))
    yield { node, messageId: "unreadToken", data: { function: named(name) } };
  for (const { node, name, signedBy } of unawaitedProofs(analysis)) {
    if (signedBy === undefined)
      yield { node, messageId: "unawaitedComparison", data: { name: named(name) } };
    else {
      const data = { name: named(name), signedBy: named(signedBy) };
      yield { node, messageId: "unawaitedProof", data };
    }
  }
  for (const { node, name, signedBy } of unreadProofs(analysis)) {
    const data = { name: named(name), signedBy: named(signedBy) };
    yield { node, messageId: "unreadProof", data };
  }
  for (const { node, code, signedBy } of emptiedCodes(analysis)) {
    const data = { code: named(code), signedBy: named(signedBy) };
    yield { node, messageId: "emptiedCode", data };
  }
  for (const { node, signedBy } of assignedChoices(analysis))
    yield { node, messageId: "assignedChoice", data: { signedBy: named(signedBy) } };
  for (const { node, signedBy } of writtenPasswords(analysis))
    yield { node, messageId: "writtenPassword", data: { signedBy: named(signedBy) } };
  for (const { node, name, change } of otherAccounts(analysis)) {
    const data = { name: named(name), line: lineOf(change) };
    yield { node, messageId: "otherAccount", data };
  }
  for (const { operation, change } of decodedOnly(analysis)) {
    const data = { name: operation.name, line: lineOf(change) };
    yield { node: operation.node, messageId: "decodedOnly", data };
  }
  for (const { operation, key } of keylessDecodes(analysis))
    yield {
      node: operation.node,
      messageId: "keylessDecode",
      data: { name: operation.name, key },
    };
  for (const found of askedRights(analysis)) {
    const data = { name: calledSo(found), what: `the claim ${named(found.claim)}` };
    yield { node: found.node, messageId: "askedRights", data };
  }
  for (const { node, name } of otherIdentities(analysis))
    yield { node, messageId: "otherIdentity", data: { name: named(name) } };
  for (const found of fixedIdentities(analysis))
    yield { node: found.node, messageId: "fixedIdentity", data: { name: calledSo(found) } };
  for (const found of askedIdentities(analysis))
    yield { node: found.node, messageId: ASKED[found.kind], data: { name: calledSo(found) } };
}

/** Nobody has seen what a function out of sight does. */
function calledSo({ name, isByName = false }: { name: string; isByName?: boolean }): string {
  return named(isByName ? `${name}, as its name says,` : name);
}

function lineOf(node: Node): string {
  return String(node.loc.start.line);
}

import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import type { SourceFile } from "../files/source-file.ts";
import { readsOf } from "../files/variables.ts";
import { memberName, parentOf, staticKey } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { wordsOf } from "../words.ts";
import type { Source } from "./source.ts";
import { tokenName } from "./words.ts";

/** `const { accessToken }: LoginResponse`, `axios.post<AuthTokens>(…)`, `… as TokenSet`. */
export function ofTypes(analysis: Analysis): Source[] {
  const sources: Source[] = [];
  for (const { node, init } of annotated(analysis)) {
    // What a verification gives is what the token says, whatever its type is called.
    if (init !== undefined && isAuthType(node) && !isClaims(analysis, init))
      sources.push({ node: init, held: "response", certain: false });
  }
  return [...sources, ...ofActions(analysis), ...ofParameters(analysis)];
}

/** `save(session: Session)`, whose type in the file has an `accessToken` */
function ofParameters({ file }: Analysis): Source[] {
  const isStrong = (name: string): boolean => tokenName(name) === "strong";
  return file.index.functions.flatMap(({ params }) =>
    params.flatMap((parameter) => {
      if (parameter.type !== "Identifier") return [];
      const type = parameter.typeAnnotation?.typeAnnotation;
      if (type === undefined || !membersOf(file, type).some((one) => isTokenMember(one, isStrong)))
        return [];
      return readsOf(file, parameter).map((node): Source => ({
        node,
        held: "response",
        certain: false,
        tokenIn: [],
      }));
    }),
  );
}

function isClaims({ operations }: Analysis, call: Node): boolean {
  return operations.some(({ node, kind }) => node === call && /verify|decode/u.test(kind));
}

/** `action: PayloadAction<LoginResponse>` of Redux: the payload is what its type says. */
function ofActions({ file }: Analysis): Source[] {
  if (!file.text.includes("PayloadAction<")) return [];
  return file.index.functions.flatMap(({ params }) =>
    params.flatMap((parameter) => {
      if (parameter.type !== "Identifier") return [];
      const type = parameter.typeAnnotation?.typeAnnotation;
      if (type?.type !== "TSTypeReference" || type.typeName.type !== "Identifier") return [];
      const [payload] = type.typeArguments?.params ?? [];
      if (type.typeName.name !== "PayloadAction" || payload === undefined) return [];
      if (!isAuthType(payload) && !holdsToken(file, payload)) return [];
      return (file.variableOf(parameter)?.references ?? []).flatMap(({ identifier }): Source[] => {
        const read = parentOf(identifier);
        return read?.type === "MemberExpression" && memberName(read) === "payload"
          ? [{ node: read, held: "response", certain: false, tokenIn: [] }]
          : [];
      });
    }),
  );
}

/** An interface or a type of the file that has a property for a token. */
function holdsToken(file: SourceFile, type: Node): boolean {
  return membersOf(file, type).some((member) => isTokenMember(member));
}

/** The members of a type that is written in place, or of an interface or a type of the file. */
function membersOf(file: SourceFile, type: Node): readonly TSESTree.TypeElement[] {
  if (type.type === "TSTypeLiteral") return type.members;
  if (type.type !== "TSTypeReference" || type.typeName.type !== "Identifier") return [];
  const { name } = type.typeName;
  return file.statements.flatMap((statement) => {
    const declared =
      statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (declared?.type === "TSInterfaceDeclaration" && declared.id.name === name)
      return declared.body.body;
    const isAlias = declared?.type === "TSTypeAliasDeclaration" && declared.id.name === name;
    return isAlias && declared.typeAnnotation.type === "TSTypeLiteral"
      ? declared.typeAnnotation.members
      : [];
  });
}

function isAuthType(type: Node): boolean {
  if (type.type === "TSTypeLiteral") return type.members.some((member) => isTokenMember(member));
  if (type.type !== "TSTypeReference" || type.typeName.type !== "Identifier") return false;
  const words = wordsOf(type.typeName.name);
  const isAuth = words.some((word) =>
    /^(?:login|auth|signin|oauth|oauth2|jwt|access|refresh|session|authentication|credentials?)$/u.test(
      word,
    ),
  );
  // The payload of a token is what it says, not the token.
  const isClaims = words.includes("payload") && words.some((word) => /^(?:jwt|token)$/u.test(word));
  const isAnswer =
    !isClaims &&
    words.some((word) => /^(?:response|result|tokens?|data|dto|payload|set)$/u.test(word));
  return (
    (isAuth && isAnswer) ||
    /^(?:TokenSet|TokenResponse|TokenEndpointResponse)$/u.test(type.typeName.name)
  );
}

/** `{ accessToken?: string }`, `{ token: string }` */
function isTokenMember(
  member: TSESTree.TypeElement,
  isToken = (name: string): boolean => tokenName(name) === "strong" || name === "token",
): boolean {
  if (member.type !== "TSPropertySignature") return false;
  return isTextMember(member) && isToken(staticKey(member.key, member.computed) ?? "");
}

/** `accessToken: string | null`; what is declared as a function, a flag or an object is no token. */
export function isTextMember({ typeAnnotation }: TSESTree.TSPropertySignature): boolean {
  const type = typeAnnotation?.typeAnnotation;
  const parts = type?.type === "TSUnionType" ? type.types : [type];
  return parts.some((part) => part === undefined || /^TS(?:String|Any)Keyword$/u.test(part.type));
}

interface Annotated {
  readonly node: Node;
  readonly init: Node | undefined;
}

function annotated(analysis: Analysis): Annotated[] {
  const found: Annotated[] = [];
  for (const call of analysis.file.index.calls) {
    const argument = call.typeArguments?.params[0];
    if (argument !== undefined) found.push({ node: argument, init: call });
    let outer: Node = call;
    let parent = parentOf(outer);
    while (parent?.type === "AwaitExpression") {
      outer = parent;
      parent = parentOf(outer);
    }
    if (parent?.type === "VariableDeclarator" && parent.init === outer) {
      const type = parent.id.typeAnnotation?.typeAnnotation;
      if (type !== undefined) found.push({ node: type, init: call });
    } else if (parent?.type === "TSAsExpression") {
      found.push({ node: parent.typeAnnotation, init: call });
    }
  }
  return found;
}

import type { Analysis } from "../analysis.ts";
import { parentOf } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { wordsOf } from "../words.ts";
import type { Source } from "./source.ts";

/** `const { accessToken }: LoginResponse`, `axios.post<AuthTokens>(…)`, `… as TokenSet`. */
export function ofTypes(analysis: Analysis): Source[] {
  const sources: Source[] = [];
  for (const { node, init } of annotated(analysis)) {
    if (init !== undefined && isAuthType(node))
      sources.push({ node: init, held: "response", certain: false });
  }
  return sources;
}

function isAuthType(type: Node): boolean {
  if (type.type !== "TSTypeReference" || type.typeName.type !== "Identifier") return false;
  const words = wordsOf(type.typeName.name);
  const isAuth = words.some((word) =>
    /^(?:login|auth|signin|oauth|oauth2|jwt|access|refresh|session|authentication|credentials?)$/u.test(
      word,
    ),
  );
  const isAnswer = words.some((word) =>
    /^(?:response|result|tokens?|data|dto|payload|set)$/u.test(word),
  );
  return (
    (isAuth && isAnswer) ||
    /^(?:TokenSet|TokenResponse|TokenEndpointResponse)$/u.test(type.typeName.name)
  );
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

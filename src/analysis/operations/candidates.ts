import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import {
  contains,
  dottedPath,
  enclosingFunction,
  isClass,
  isFunction,
  isLiteral,
  memberName,
  parentOf,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, ClassNode, FunctionNode, Node } from "../syntax.ts";
import { decorationNames, decorationTexts, readsDecoration } from "../values/decorations.ts";
import { importsDecoder, loadsDecoder } from "../values/named-decoders.ts";
import { listedIn } from "../values/listed-modules.ts";
import { requiredBy } from "../values/required.ts";
import { functionsByName } from "./functions-by-name.ts";
import { globalUses, mayUseGlobals } from "./global-uses.ts";

/** The calls of a file that may have to do with JWTs, by names alone. */
export interface Candidates {
  /** Calls of what may come from a library. */
  readonly calls: ReadonlySet<CallNode>;
  /** Calls that are given it. */
  readonly given: ReadonlySet<CallNode>;
}

/**
 * Which calls are worth asking about? In a file full of JWTs nine calls in ten are of something
 * else, and what a call stands for is found by evaluating it and all that it rests on.
 *
 * So names are followed from where libraries come in (imports, decorated members, annotated types)
 * to what is made of them: through declarations, assignments, properties, arguments and returned
 * values, by name and without scopes. The answer holds too many calls, never too few.
 */
export function candidatesOf(core: Core, file: SourceFile): Candidates {
  let found = core.candidates.get(file);
  if (found === undefined) {
    found = mayHaveAny(core, file) ? new Search(core, file).run() : NO_CANDIDATES;
    core.candidates.set(file, found);
  }
  return found;
}

const NO_CANDIDATES: Candidates = { calls: new Set(), given: new Set() };

/** `import("x")`, with whatever a bundler is told in a comment. */
const LOADS = /\bimport\s*(?:\(|\/\*)/u;

/** Where nothing comes in that a search could start from, the tree is not looked at. */
function mayHaveAny(core: Core, file: SourceFile): boolean {
  const { text, ast, statements } = file;
  if (text.includes("require") || /\bdefine\(/u.test(text) || LOADS.test(text)) return true;
  // `JSON.parse` takes tokens apart; members are put on a framework's objects elsewhere.
  if (text.includes("JSON") || readsDecoration(core.libraries, text)) return true;
  if (mayUseGlobals(core.libraries, text)) return true;
  return statements.some(
    (statement) =>
      statement.type === "ImportDeclaration" &&
      (core.libraries.find(statement.source.value, ast) !== undefined ||
        core.mayReachLibrary(file, statement.source) ||
        importsDecoder(statement)),
  );
}

/** The calls that may be given what goes by such a name, as it is or inside a text. */
export function callsGiven(core: Core, file: SourceFile, name: RegExp): ReadonlySet<CallNode> {
  return new Search(core, file, true).follow(name);
}

class Search {
  readonly #core: Core;
  readonly #file: SourceFile;
  /** Whether a text has to do with what is put into it. */
  readonly #throughTexts: boolean;
  readonly #calls = new Set<CallNode>();
  readonly #given = new Set<CallNode>();
  readonly #names = new Set<string>();
  readonly #climbed = new Set<Node>();
  readonly #pending: Node[] = [];
  #functions: ReadonlyMap<string, readonly FunctionNode[]> | undefined;

  constructor(core: Core, file: SourceFile, throughTexts = false) {
    this.#core = core;
    this.#file = file;
    this.#throughTexts = throughTexts;
  }

  run(): Candidates {
    for (const name of decorationNames(this.#core.libraries)) this.#add(name);
    this.#addAskedFor();
    this.#addImports();
    this.#pending.push(...globalUses(this.#core.libraries, this.#file));
    this.#addRequired();
    this.#addParsing();
    this.#climbAll();
    return { calls: this.#calls, given: this.#given };
  }

  follow(name: RegExp): ReadonlySet<CallNode> {
    const { names, literals } = this.#file.index;
    for (const one of names.keys()) if (name.test(one)) this.#add(one);
    for (const node of literals) {
      if (name.test(textOf(node) ?? "")) this.#pending.push(node);
    }
    this.#climbAll();
    return this.#given;
  }

  #climbAll(): void {
    for (let node = this.#pending.pop(); node !== undefined; node = this.#pending.pop()) {
      this.#climb(node);
    }
  }

  #add(name: string): void {
    if (this.#names.has(name)) return;
    this.#names.add(name);
    this.#pending.push(...(this.#file.index.names.get(name) ?? []));
  }

  /** What a framework is asked for by a text: `.service("jwt")`. */
  #addAskedFor(): void {
    const texts = decorationTexts(this.#core.libraries, this.#file.text);
    if (texts.length === 0) return;
    for (const node of this.#file.index.literals)
      if (texts.includes(textOf(node) ?? "")) this.#pending.push(node);
  }

  #addImports(): void {
    for (const statement of this.#file.statements) {
      if (
        statement.type === "ImportDeclaration" &&
        (this.#isSource(statement.source) || importsDecoder(statement))
      ) {
        for (const { local } of statement.specifiers) this.#add(local.name);
      } else if (statement.type === "TSImportEqualsDeclaration") {
        const { id, moduleReference: from } = statement;
        const isModule = from.type === "TSExternalModuleReference";
        if (isModule && this.#isSource(from.expression)) this.#add(id.name);
      }
    }
  }

  #addRequired(): void {
    for (const { node, source } of requiredBy(this.#file)) {
      if (this.#isSource(source) || loadsDecoder(node)) this.#pending.push(node);
    }
    for (const { parameter, source } of listedIn(this.#file)) {
      if (this.#isSource(source)) this.#addPattern(parameter);
    }
  }

  #isSource(source: TSESTree.StringLiteral): boolean {
    return (
      this.#core.libraries.find(source.value, source) !== undefined ||
      this.#core.mayReachLibrary(this.#file, source)
    );
  }

  /** `JSON.parse` takes apart tokens that were split by hand. */
  #addParsing(): void {
    for (const node of this.#file.index.names.get("JSON") ?? []) {
      const { parent } = node;
      if (parent?.type === "MemberExpression" && memberName(parent) !== "parse") continue;
      if (parent?.type === "MemberExpression" && parent.parent.type === "CallExpression") {
        this.#calls.add(parent.parent);
      } else {
        this.#pending.push(node);
      }
    }
  }

  /** Goes up from an expression through everything that has its value, to the names it is given. */
  #climb(from: Node): void {
    let node: Node | undefined = from;
    while (node !== undefined && !this.#climbed.has(node)) {
      this.#climbed.add(node);
      const parent = parentOf(node);
      if (parent === undefined) return;
      node = this.#step(node, parent);
    }
  }

  /** @returns what else has the value of `node`, if anything */
  #step(node: Node, parent: Node): Node | undefined {
    switch (parent.type) {
      case "CallExpression":
      case "NewExpression":
        if (unwrap(parent.callee) === node || parent.callee === node) {
          this.#calls.add(parent);
          this.#addTexts(parent);
          this.#addResolved(parent);
        } else {
          this.#give(parent, node);
        }
        return parent;
      case "MemberExpression": {
        const isKey = parent.computed && parent.property === node;
        return isKey && !isLiteral(node) ? undefined : parent;
      }
      case "VariableDeclarator":
        this.#addPattern(parent.id);
        return undefined;
      case "AssignmentExpression":
        this.#addPattern(parent.left);
        return parent;
      case "AssignmentPattern":
        this.#addPattern(parent.left);
        return undefined;
      case "Property":
        return this.#property(node, parent);
      case "PropertyDefinition":
      case "AccessorProperty":
      case "MethodDefinition":
        if (parent.key !== node) this.#addPattern(parent.key);
        return undefined;
      case "Identifier":
        // The type or a decorator of a name.
        this.#add(parent.name);
        return undefined;
      case "TSParameterProperty":
        this.#addPattern(parent.parameter);
        return undefined;
      case "ForOfStatement":
        if (parent.right !== node) return undefined;
        if (parent.left.type !== "VariableDeclaration") this.#addPattern(parent.left);
        else for (const { id } of parent.left.declarations) this.#addPattern(id);
        return undefined;
      case "ArrayExpression":
        this.#addInjected(node, parent);
        return parent;
      case "ReturnStatement":
        return this.#named(enclosingFunction(parent));
      case "ConditionalExpression":
        return parent.test === node ? undefined : parent;
      case "TemplateLiteral":
      case "BinaryExpression":
        return this.#throughTexts ? parent : undefined;
      case "UnaryExpression":
      case "ImportSpecifier":
      case "ImportDefaultSpecifier":
      case "ImportNamespaceSpecifier":
      case "ExportSpecifier":
        return undefined;
      default:
        if (isFunction(parent)) return parent.body === node ? this.#named(parent) : undefined;
        if (isClass(parent)) return parent.superClass === node ? this.#extended(parent) : undefined;
        return /Statement$|Declaration$|^(?:Program|ClassBody|SwitchCase)$/u.test(parent.type)
          ? undefined
          : parent;
    }
  }

  #property(node: Node, parent: TSESTree.Property): Node | undefined {
    if (parent.parent.type === "ObjectPattern") {
      if (parent.key === node) this.#addPattern(parent.value);
      return undefined;
    }
    if (parent.key === node && parent.value !== node) return undefined;
    this.#addPattern(parent.key);
    return parent.parent;
  }

  #named(owner: FunctionNode | undefined): Node | undefined {
    if (owner?.id != null) this.#add(owner.id.name);
    return owner?.type === "FunctionDeclaration" ? undefined : owner;
  }

  /** The types of a compiled constructor's parameters stand in a list of their own. */
  #addInjected(type: Node, list: TSESTree.ArrayExpression): void {
    const call = list.parent;
    if (call.type !== "CallExpression") return;
    if (dottedPath(call.callee)?.at(-1) !== "__metadata") return;
    const position = list.elements.findIndex((element) => element === type);
    for (const { parent, params } of this.#file.index.functions) {
      const parameter = params[position];
      if (parent.type !== "MethodDefinition" || parent.kind !== "constructor") continue;
      if (parameter !== undefined) this.#addPattern(parameter);
    }
  }

  /** Members of a library's class are called on `this`, whatever their names. */
  #extended(node: ClassNode): Node | undefined {
    for (const name of ["this", "super"]) {
      const uses = this.#file.index.names.get(name) ?? [];
      this.#pending.push(...uses.filter((use) => contains(node, use)));
    }
    if (node.id !== null) this.#add(node.id.name);
    return node.type === "ClassExpression" ? node : undefined;
  }

  /** The parameter of a function of this file that receives the value. */
  #give(call: CallNode, argument: Node): void {
    this.#given.add(call);
    const callee = unwrap(call.callee);
    const position = call.arguments.indexOf(argument as TSESTree.CallExpressionArgument);
    const name =
      callee.type === "Identifier"
        ? callee.name
        : callee.type === "MemberExpression"
          ? memberName(callee)
          : undefined;
    const owners = isFunction(callee) ? [callee] : this.#functionsOf(name);
    for (const { params } of owners) {
      // A spread argument may stand anywhere.
      const received = position === -1 ? params : params.slice(position, position + 1);
      for (const parameter of received) this.#addPattern(parameter);
    }
  }

  /** The functions of this file that go by a name. */
  #functionsOf(name: string | undefined): readonly FunctionNode[] {
    this.#functions ??= functionsByName(this.#file.index);
    return name === undefined ? [] : (this.#functions.get(name) ?? []);
  }

  /** What the call of a library is told may be names: `{ name: "accessJwt" }`. */
  #addTexts(call: CallNode): void {
    for (const argument of call.arguments) {
      if (argument.type !== "ObjectExpression") continue;
      for (const property of argument.properties) {
        const text = property.type === "Property" ? textOf(property.value) : undefined;
        if (text !== undefined) this.#add(text);
      }
    }
  }

  /** `getSigner().then((sign) => …)` */
  #addResolved(call: CallNode): void {
    const callee = unwrap(call.callee);
    if (callee.type !== "MemberExpression" || memberName(callee) !== "then") return;
    const [handler] = call.arguments;
    if (isFunction(handler)) for (const parameter of handler.params) this.#addPattern(parameter);
  }

  #addPattern(pattern: Node): void {
    switch (pattern.type) {
      case "Identifier":
        this.#add(pattern.name);
        break;
      case "PrivateIdentifier":
        this.#add(`#${pattern.name}`);
        break;
      case "Literal":
        if (typeof pattern.value === "string") this.#add(pattern.value);
        break;
      case "MemberExpression": {
        const name = memberName(pattern);
        if (name !== undefined) this.#add(name);
        else this.#addPattern(unwrap(pattern.object));
        break;
      }
      case "ObjectPattern":
        for (const property of pattern.properties) {
          this.#addPattern(property.type === "Property" ? property.value : property.argument);
        }
        break;
      case "ArrayPattern":
        for (const element of pattern.elements) if (element !== null) this.#addPattern(element);
        break;
      case "AssignmentPattern":
        this.#addPattern(pattern.left);
        break;
      case "RestElement":
        this.#addPattern(pattern.argument);
        break;
      case "TSParameterProperty":
        this.#addPattern(pattern.parameter);
        break;
      default:
        break;
    }
  }
}

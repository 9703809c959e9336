import type { TSESTree } from "@typescript-eslint/utils";

/**
 * What the TypeScript program knows about a module specifier: the file it names, through `paths`,
 * package imports and workspaces. Used where typed linting is on, for the one specifier asked about.
 * TypeScript itself is never imported.
 */
export function typedModulePath(
  services: unknown,
  specifier: TSESTree.StringLiteral,
): string | undefined {
  const { program, esTreeNodeToTSNodeMap: nodes } = (services ?? {}) as {
    program?: {
      getTypeChecker(): { getSymbolAtLocation(node: unknown): SymbolLike | undefined };
    } | null;
    esTreeNodeToTSNodeMap?: { get(node: unknown): unknown };
  };
  if (program == null || nodes === undefined) return undefined;
  const node = nodes.get(specifier);
  if (node === undefined) return undefined;
  const declaration = program.getTypeChecker().getSymbolAtLocation(node)?.valueDeclaration;
  const file = declaration?.fileName;
  if (file === undefined || /\.d\.[cm]?ts$|[\\/]node_modules[\\/]/u.test(file)) return undefined;
  return file;
}

interface SymbolLike {
  readonly valueDeclaration?: { readonly fileName?: string };
}

/** Whether typed linting is on. */
export function hasProgram(services: unknown): boolean {
  return ((services ?? {}) as { program?: object | null }).program != null;
}

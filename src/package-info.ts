import packageJson from "../package.json" with { type: "json" };

/** The package's own name and version, the only two facts of package.json that reach the build. */
export const packageName: string = packageJson.name;
export const packageVersion: string = packageJson.version;

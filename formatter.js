/** The short path for `eslint -f ./node_modules/eslint-plugin-jwt-audit/formatter.js`. */
export { default } from "./dist/formatter.js";

import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Functions of Lambda@Edge: CloudFront goes on with a request that it is given back. */

const edge = (body: string, request = "const { request } = event.Records[0].cf;"): string =>
  `import jwt from "jsonwebtoken"; export const handler = async (event, context, callback) => { ${request} const token = request.headers.authorization[0].value; ${body} };`;

const OPTIONS = '{ algorithms: ["RS256"] }';
const TRIED = `try { jwt.verify(token, key, ${OPTIONS}); }`;

testRule("no-unchecked-verification: functions of Lambda@Edge", rule, {
  valid: [
    edge(`${TRIED} catch (error) { return { status: "401" }; } return request;`),
    edge(`${TRIED} catch (error) { return toSignIn(request); } return request;`),
    edge(`${TRIED} catch (error) { return callback(null, toSignIn()); } callback(null, request);`),
    edge(`${TRIED} catch (error) { return callback(error); } callback(null, request);`),
    edge(`${TRIED} catch (error) { console.log(error); } return { status: "401" };`),
    // Who it is, where that is known
    edge(
      `try { const claims = jwt.verify(token, key, ${OPTIONS}); request.headers["x-user"] = [{ value: claims.sub }]; } catch (error) { return request; } return request;`,
    ),
    // Another request
    ...["event.request", "event.Records[0].sent.request", "event.items[0].cf.request"].map(
      (request) =>
        edge(
          `${TRIED} catch (error) { console.log(error); } return request;`,
          `const request = ${request};`,
        ),
    ),
    edge(`${TRIED} catch (error) { console.log(error); } callback(request, request);`),
    edge(`${TRIED} catch (error) { console.log(error); } send(null, request);`),
  ],
  invalid: [
    ...[
      "«catch (error) { console.log(error); }» return request;",
      "«catch (error) { return request; }» return request;",
      "«catch (error) { console.log(error); }» callback(null, request);",
    ].map((caught) =>
      marked(edge(`${TRIED} ${caught}`), {
        messageId: "catchFallsThrough",
        data: { name: "jwt.verify" },
      }),
    ),
    marked(edge(`${TRIED} catch (error) { return «callback(null, request)»; } return request;`), {
      messageId: "catchSucceeds",
      data: { name: "jwt.verify" },
    }),
    marked(
      edge(
        `${TRIED} «catch (error) { console.log(error); }» return request;`,
        "const request = event.Records[0].cf.request;",
      ),
      { messageId: "catchFallsThrough", data: { name: "jwt.verify" } },
    ),
    marked(
      edge(`${TRIED} «catch (error) { console.log(error); }» return event.Records[0].cf.request;`),
      { messageId: "catchFallsThrough", data: { name: "jwt.verify" } },
    ),
  ],
});

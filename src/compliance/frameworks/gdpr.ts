import type { Framework } from "../types.ts";

/** The two articles that speak of how data is protected. */
export const gdpr: Framework = {
  id: "gdpr",
  aliases: ["eu-2016-679", "dsgvo"],
  name: "GDPR",
  title: "Regulation (EU) 2016/679, articles 25 and 32",
  edition: "2016/679",
  publisher: "European Union",
  url: "https://eur-lex.europa.eu/eli/reg/2016/679/oj",
  unit: "article",
  titles: "publisher",
  idPattern: /^Article \d{1,2}$/,
  notMapped: {
    "Article 33":
      "Whether a token in a log led to a breach that has to be notified is for people to find out.",
  },
  notes: ["What is personal data, and which of it is needed, cannot be told from code."],
  controls: [
    {
      id: "Article 25",
      title: "Data protection by design and by default",
      strength: "supporting",
      rules: ["no-sensitive-payload", "no-token-logging"],
      why: "Only the personal data that is needed should be in a token, and none of it in a log.",
    },
    {
      id: "Article 32",
      title: "Security of processing",
      strength: "supporting",
      rules: [
        "no-none-algorithm",
        "no-hardcoded-key",
        "no-weak-key",
        "no-client-side-key",
        "no-unverified-claims",
        "no-unchecked-verification",
        "no-optional-authentication",
        "no-sensitive-payload",
        "no-token-logging",
        "no-insecure-transport",
      ],
      why: "Confidentiality and integrity of what a token opens or carries are not kept. Regular runs are part of the regular testing that the article asks for.",
    },
  ],
};

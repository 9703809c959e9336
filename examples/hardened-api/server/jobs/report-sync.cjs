const { readFileSync } = require("node:fs");
const https = require("node:https");
const { randomUUID } = require("node:crypto");
const axios = require("axios");
const jwt = require("jsonwebtoken");

const { REPORTING_TOKEN, WORKER_KEY_FILE, REPORTING_CA_FILE } = process.env;
if (!REPORTING_TOKEN || !WORKER_KEY_FILE || !REPORTING_CA_FILE) {
  throw new Error("REPORTING_TOKEN, WORKER_KEY_FILE and REPORTING_CA_FILE must be set");
}

const workerKey = readFileSync(WORKER_KEY_FILE);

// the reporting box has a certificate of our own authority
const agent = new https.Agent({ ca: readFileSync(REPORTING_CA_FILE) });

function workerToken(worker) {
  return jwt.sign({ sub: worker.id, token_use: "worker" }, workerKey, {
    algorithm: "ES256",
    expiresIn: "5m",
    issuer: "parceldesk-workers",
    audience: "reports",
    jwtid: randomUUID(),
  });
}

async function push(worker, rows) {
  await axios.post("https://reports.parceldesk.net/v1/rows", rows, {
    httpsAgent: agent,
    headers: {
      Authorization: `Bearer ${REPORTING_TOKEN}`,
      "X-Worker": workerToken(worker),
    },
  });
}

module.exports = { push };

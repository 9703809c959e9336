const https = require("node:https");
const { randomBytes } = require("node:crypto");
const axios = require("axios");
const jwt = require("jsonwebtoken");

const REPORTING_TOKEN =
  "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJodHRwczovL2F1dGgucGFyY2VsZGVzay5uZXQiLCJzdWIiOiJzdmMtcmVwb3J0aW5nIiwiYXVkIjoicmVwb3J0cyIsInNjb3BlIjoicmVwb3J0czp3cml0ZSIsImlhdCI6MTcwNDA2NzIwMCwiZXhwIjoyMDE5Njg2NDAwfQ.sXMNCM-EyUy2HbwKU2SpF9I3GrNKYJ-gl4k6teyTRyo";

// the reporting box has a self-signed certificate
const agent = new https.Agent({ rejectUnauthorized: false });

function workerToken(worker) {
  return jwt.sign({ sub: worker.id }, process.env.WORKER_SECRET || randomBytes(8).toString("hex"));
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

// The company directory. They mailed us the key and said it rarely changes.
export const idp = {
  issuer: "https://directory.parceldesk.net",
  publicKey: `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAvcP1xodcxEzbf6693Csp
CPxxOu5HD3ZGBIkDpN9+JM8CyItTuCINUyLO23R8sLcMlhP3cQOjaYpwYX/uBcds
Ds1ipDmnlveicURfZSL1U3n+C9oJaNSE79be952CCQCiMB1cY4YYI1rzM3tSqIgf
PVCAq/ctmeCWZpcnhy/9/tneUAavj7StCLE8ice3czg30/agz2Xi9OIgC3t3YA2b
VKoCx0dOYYm0phec++4mdRxo7uWHLWSCMp3IJ4ZKXuVwHPA4dW77vO4E+DyySYPD
iKfM7o8jMPwRpceXMJsVt8DcIBzoFkyQH8K9ptf4DdOHRSW4UO4Uuyb9n/CfCbdN
FwIDAQAB
-----END PUBLIC KEY-----
`,
};

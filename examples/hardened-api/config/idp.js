// The company directory. Its keys rotate, so they are fetched and not copied.
export const idp = {
  issuer: "https://directory.parceldesk.net",
  jwksUri: "https://directory.parceldesk.net/.well-known/jwks.json",
};

/** Libraries without types of their own, loaded by the tests of their facts. */
declare module "jsrsasign";
declare module "node-jose";

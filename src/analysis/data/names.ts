/** What fields and records are called that say whose something is, or prove it. */

/** What says whom a record is about, and what others know of him as well. */
export const NAMES =
  /^(?:_?id|uid|sub|user_?id|user_?(?:name|e?mail)|login|e_?mail(?:_?address)?|mail|name|phone(?:_?(?:number|no))?|mobile(?:_?(?:number|no))?|account(?:_?(?:id|name|no))?|(?:user_?)?identity|wallet(?:_?address)?|(?:public_?)?address|public_?key|(?:google|facebook|apple|github|twitter|linkedin|social|provider|external|oauth|sns|firebase|telegram|tg|discord|kakao|naver|line|wechat)_?(?:id|uid|sub))$/iu;

/** Records of which nobody but whom they were made for knows the identifier. */
export const IS_PROOF =
  /link|invit|session|challenge|nonce|ticket|request|magic|grant|attempt|device|pending|recover/iu;

/** What a record is asked for, changed by, or told apart by, beside what might be a proof. */
export const PROOF = /pass|pwd|\bpin\b|otp|code|secret|\bkey|token|verif|hash/iu;

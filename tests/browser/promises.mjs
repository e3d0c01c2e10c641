// What a page promises, kept count of.
const broken = [];

/** Notes whether a promise is kept; `but` tells what was found instead. */
export function check(isKept, promise, but) {
  const words = isKept || but === undefined ? promise : `${promise} but ${JSON.stringify(but)}`;
  if (!isKept) broken.push(words);
  console.log(`${isKept ? "ok  " : "FAIL"} ${words}`);
}
/** A promise that holds if a list of exceptions is empty. */
export const checkNone = (exceptions, promise) =>
  check(exceptions.length === 0, promise, exceptions.slice(0, 3));
export const brokenPromises = () => broken.length;

/** Node's way to tell how something ended. */
export type Callback<Results extends readonly unknown[]> = (
  ...outcome: [error: null, ...results: Results] | [error: Error]
) => void;

/** Calls back exactly once, when the work ends: with its results, or with the error it rejects with. */
export function callBack<Results extends readonly unknown[]>(
  work: Promise<Results>,
  callback: Callback<Results>,
): void {
  work.then(
    (results) => callback(null, ...results),
    (error: Error) => callback(error),
  );
}

import { join } from "node:path";

/** The folder with recorded traffic, beside the checkout unless the environment says where. */
export const recordings =
  process.env.ROLEBOOK_CONFORMANCE ?? join(import.meta.dirname, "../../../shared/conformance");

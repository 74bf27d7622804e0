import { type Estate, readEstate } from "../estate.ts";
import { hasErrors } from "../model/diagnostic.ts";
import { counted, severityCounts } from "../report/counts.ts";
import { checkoutAt } from "./checkout.ts";
import { Failure } from "./failure.ts";

/** The estate of the checkout that `--root` names. A Failure if it has errors: what it comes to is not known then. */
export function soundEstate(root: string | undefined): Estate {
  const estate = readEstate(checkoutAt(root));
  if (hasErrors(estate.diagnostics)) {
    const { errors } = severityCounts(estate.diagnostics);
    throw new Failure(
      `the declarations have ${counted(errors, "error")}`,
      'run "rolebook check" to see what is wrong',
    );
  }
  return estate;
}

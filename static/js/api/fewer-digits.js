/** What the server can be asked of networks that were trained on few digits. */
/** @import { FewerDigits } from "../capsules/fewer-digits.js" */
import { jsonWith, request } from "./request.js";

/** The study, null where there is none. @returns {Promise<FewerDigits | null>} */
export const fetchFewerDigits = async () => (await request("api/fewer-digits", jsonWith("study"))).study;

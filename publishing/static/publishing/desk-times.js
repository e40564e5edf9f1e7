/* Times in the page's language and the site's own zone, as the desk prints them: “9 March 2026, 14:05”. */
"use strict";
{
  const { zone } = document.currentScript.dataset;
  const parts = (at, wanted) => {
    const format = new Intl.DateTimeFormat(document.documentElement.lang || "en", { timeZone: zone, hourCycle: "h23", ...wanted });
    return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  };

  window.deskMoment = at => {
    const { day, month, year, hour, minute } = parts(at, { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" });
    return `${day} ${month} ${year}, ${hour}:${minute}`;
  };

  window.deskClock = at => {
    const { hour, minute, second } = parts(at, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
    return `${hour}:${minute}:${second}`;
  };
}

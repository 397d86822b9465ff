// Takes the clock of this machine away from scripts: now is an argument, and the only zone is UTC.
(function (now, local) {
  var Original = Date, prototype = Original.prototype, utc = Original.UTC, parse = Original.parse;
  var parts = ['Date', 'Day', 'FullYear', 'Hours', 'Milliseconds', 'Minutes', 'Month', 'Seconds'];
  function define(object, name, value) {
    Object.defineProperty(object, name, { value: value, writable: true, configurable: true, enumerable: false });
  }
  parts.forEach(function (part) {
    define(prototype, 'get' + part, prototype['getUTC' + part]);
    if (part !== 'Day') define(prototype, 'set' + part, prototype['setUTC' + part]);
  });
  define(prototype, 'getYear', function getYear() { return this.getUTCFullYear() - 1900; });
  define(prototype, 'setYear', function setYear(year) {
    year = Number(year);
    return this.setUTCFullYear(year >= 0 && year <= 99 ? 1900 + Math.trunc(year) : year);
  });
  define(prototype, 'getTimezoneOffset', function getTimezoneOffset() { return isNaN(this.getTime()) ? NaN : 0; });
  var inUtc = prototype.toUTCString;
  // "Mon, 23 Nov 2026 10:00:00 GMT"
  function pieces(date) { return /^(\w+), (\d+) (\w+) (-?\d+) (\S+) GMT$/.exec(inUtc.call(date)); }
  function day(p) { return p[1] + ' ' + p[3] + ' ' + p[2] + ' ' + p[4]; }
  function time(p) { return p[5] + ' GMT+0000'; }
  function printer(print) {
    return function () {
      var p = pieces(this);
      return p ? print(p, this) : 'Invalid Date';
    };
  }
  function two(number) { return (number < 10 ? '0' : '') + number; }
  function localDay(date) { return two(date.getUTCMonth() + 1) + '/' + two(date.getUTCDate()) + '/' + date.getUTCFullYear(); }
  function localTime(date) {
    var hours = date.getUTCHours();
    return two(hours % 12 || 12) + ':' + two(date.getUTCMinutes()) + ':' + two(date.getUTCSeconds()) + (hours < 12 ? ' AM' : ' PM');
  }
  define(prototype, 'toString', printer(function (p) { return day(p) + ' ' + time(p); }));
  define(prototype, 'toDateString', printer(day));
  define(prototype, 'toTimeString', printer(time));
  define(prototype, 'toLocaleDateString', printer(function (p, date) { return localDay(date); }));
  define(prototype, 'toLocaleTimeString', printer(function (p, date) { return localTime(date); }));
  define(prototype, 'toLocaleString', printer(function (p, date) { return localDay(date) + ', ' + localTime(date); }));
  // A text that names no zone is in ours.
  function read(text) {
    text = String(text);
    if (/(?:z|gmt|utc|[+-]\d\d:?\d\d|\))\s*$/i.test(text) || /^[+-]?\d{4,6}(?:-\d\d){0,2}$/.test(text)) return parse(text);
    var time = parse(text + 'Z');
    return isNaN(time) ? parse(text + ' UTC') : time;
  }
  function instant(given) {
    if (given.length === 0) return now;
    if (given.length > 1) return utc.apply(undefined, given);
    var value = given[0];
    if (value instanceof Original) return value.getTime();
    if (value !== null && typeof value === 'object') value = value[Symbol.toPrimitive] ? value[Symbol.toPrimitive]('default') : value.valueOf();
    return typeof value === 'string' ? read(value) : Number(value);
  }
  function Replacement() {
    if (!new.target) return new Replacement().toString();
    return Reflect.construct(Original, [instant(arguments)], new.target);
  }
  Replacement.prototype = prototype;
  define(Replacement, 'name', 'Date');
  define(Replacement, 'length', 7);
  define(Replacement, 'UTC', utc);
  define(Replacement, 'parse', function (text) { return read(text); });
  define(Replacement, 'now', function () { return now; });
  define(prototype, 'constructor', Replacement);
  define(globalThis, 'Date', Replacement);
  define(globalThis, 'LocalDate', function () { return new Replacement(local); });
})

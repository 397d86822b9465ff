// The engine looks at the time only between its own steps. These functions would go through nothing for hours in one.
(function () {
  var apply = Reflect.apply, describe = Object.getOwnPropertyDescriptor, isArray = Array.isArray;
  // No list that fits into the memory is longer; a longer one is mostly holes.
  var mostElements = 4194304, mostComparisons = 4294967296;
  function refuse() { throw new RangeError('this takes too long'); }
  function check(list) {
    if (list === null || (typeof list !== 'object' && typeof list !== 'function')) return;
    var length = describe(list, 'length');
    if (length ? !('value' in length) || length.value > mostElements : !isArray(list) && 'length' in list) refuse();
  }
  function wrap(prototype, name, before) {
    var original = prototype[name];
    var wrapped = { method() { before(this, arguments); return apply(original, this, arguments); } }.method;
    prototype[name] = wrapped;
  }
  function receiver(list) { check(list); }
  function all(list, others) {
    check(list);
    for (var i = 0; i < others.length; i++) check(others[i]);
  }
  function elements(list) {
    check(list);
    for (var i = 0; i < list.length; i++) check(list[i]);
  }
  'copyWithin fill find findIndex findLast findLastIndex lastIndexOf reverse shift unshift slice sort splice includes indexOf join forEach filter flatMap map reduce reduceRight every some toReversed toSorted toSpliced toString toLocaleString'
    .split(' ').forEach(function (name) { wrap(Array.prototype, name, receiver); });
  wrap(Array.prototype, 'concat', all);
  wrap(Array.prototype, 'flat', elements);
  function search(text, given) {
    if (typeof given[0] === 'string' && String(text).length * given[0].length > mostComparisons) refuse();
  }
  'indexOf lastIndexOf includes split replace replaceAll'.split(' ')
    .forEach(function (name) { wrap(String.prototype, name, search); });
})()

;; Sums of absolute values, column by column: sums[i] += |rows[0][i]| + |rows[1][i]| + ...
;; Compiled into addAbsoluteRowsBytes.ts by `npm run build:wat`.
(module
  (import "engine" "memory" (memory 1)) ;; the heap of TensorFlow.js's wasm engine, where the weights are
  (func (export "addAbsoluteRows")
    (param $sums i32)  ;; address of f64[n], n a multiple of 4
    (param $rows i32)  ;; address of f32[count][n]
    (param $count i32)
    (param $bytes i32) ;; of a row, 4n
    (local $end i32) (local $at i32) (local $left i32) (local $abs v128) (local $low v128) (local $high v128)
    (local.set $end (i32.add (local.get $rows) (local.get $bytes)))
    (loop $columns ;; four at a time, as two pairs of doubles: low and high
      (local.set $low (v128.const f64x2 0 0))
      (local.set $high (v128.const f64x2 0 0))
      (local.set $at (local.get $rows))
      (local.set $left (local.get $count))
      (loop $next_row
        (local.set $abs (f32x4.abs (v128.load (local.get $at))))
        (local.set $low (f64x2.add (local.get $low) (f64x2.promote_low_f32x4 (local.get $abs))))
        (local.set $abs (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $abs) (local.get $abs)))
        (local.set $high (f64x2.add (local.get $high) (f64x2.promote_low_f32x4 (local.get $abs))))
        (local.set $at (i32.add (local.get $at) (local.get $bytes)))
        (local.set $left (i32.sub (local.get $left) (i32.const 1)))
        (br_if $next_row (local.get $left)))
      (v128.store (local.get $sums) (f64x2.add (v128.load (local.get $sums)) (local.get $low)))
      (v128.store offset=16 (local.get $sums) (f64x2.add (v128.load offset=16 (local.get $sums)) (local.get $high)))
      (local.set $sums (i32.add (local.get $sums) (i32.const 32)))
      (local.set $rows (i32.add (local.get $rows) (i32.const 16)))
      (br_if $columns (i32.ne (local.get $rows) (local.get $end))))))

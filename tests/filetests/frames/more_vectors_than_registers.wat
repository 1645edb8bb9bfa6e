;; Vectors take two words of the frame.
(module
  (func (param v128) (result v128) (local v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128) (local.set 1 (i32x4.shl (local.get 0) (i32.const 3))) (local.set 2 (i32x4.shl (local.get 0) (i32.const 5))) (local.set 3 (i32x4.shl (local.get 0) (i32.const 7))) (local.set 4 (i32x4.shl (local.get 0) (i32.const 9))) (local.set 5 (i32x4.shl (local.get 0) (i32.const 11))) (local.set 6 (i32x4.shl (local.get 0) (i32.const 13))) (local.set 7 (i32x4.shl (local.get 0) (i32.const 15))) (local.set 8 (i32x4.shl (local.get 0) (i32.const 17))) (local.set 9 (i32x4.shl (local.get 0) (i32.const 19))) (local.set 10 (i32x4.shl (local.get 0) (i32.const 21))) (local.set 11 (i32x4.shl (local.get 0) (i32.const 23))) (local.set 12 (i32x4.shl (local.get 0) (i32.const 25))) (local.set 13 (i32x4.shl (local.get 0) (i32.const 27))) (local.set 14 (i32x4.shl (local.get 0) (i32.const 29))) (local.set 15 (i32x4.shl (local.get 0) (i32.const 31))) (local.set 16 (i32x4.shl (local.get 0) (i32.const 33))) (local.set 17 (i32x4.shl (local.get 0) (i32.const 35))) (local.set 18 (i32x4.shl (local.get 0) (i32.const 37))) (local.get 1) (v128.xor (local.get 2)) (v128.xor (local.get 3)) (v128.xor (local.get 4)) (v128.xor (local.get 5)) (v128.xor (local.get 6)) (v128.xor (local.get 7)) (v128.xor (local.get 8)) (v128.xor (local.get 9)) (v128.xor (local.get 10)) (v128.xor (local.get 11)) (v128.xor (local.get 12)) (v128.xor (local.get 13)) (v128.xor (local.get 14)) (v128.xor (local.get 15)) (v128.xor (local.get 16)) (v128.xor (local.get 17)) (v128.xor (local.get 18)) (i8x16.sub (local.get 1)) (i8x16.sub (local.get 2)) (i8x16.sub (local.get 3)) (i8x16.sub (local.get 4)) (i8x16.sub (local.get 5)) (i8x16.sub (local.get 6)) (i8x16.sub (local.get 7)) (i8x16.sub (local.get 8)) (i8x16.sub (local.get 9)) (i8x16.sub (local.get 10)) (i8x16.sub (local.get 11)) (i8x16.sub (local.get 12)) (i8x16.sub (local.get 13)) (i8x16.sub (local.get 14)) (i8x16.sub (local.get 15)) (i8x16.sub (local.get 16)) (i8x16.sub (local.get 17)) (i8x16.sub (local.get 18))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.const 0x00000000000000000000000000000000
;;   v2 = i32.const 3
;;   v3 = i32x4.shl v0 v2
;;   v4 = i32.const 5
;;   v5 = i32x4.shl v0 v4
;;   v6 = i32.const 7
;;   v7 = i32x4.shl v0 v6
;;   v8 = i32.const 9
;;   v9 = i32x4.shl v0 v8
;;   v10 = i32.const 11
;;   v11 = i32x4.shl v0 v10
;;   v12 = i32.const 13
;;   v13 = i32x4.shl v0 v12
;;   v14 = i32.const 15
;;   v15 = i32x4.shl v0 v14
;;   v16 = i32.const 17
;;   v17 = i32x4.shl v0 v16
;;   v18 = i32.const 19
;;   v19 = i32x4.shl v0 v18
;;   v20 = i32.const 21
;;   v21 = i32x4.shl v0 v20
;;   v22 = i32.const 23
;;   v23 = i32x4.shl v0 v22
;;   v24 = i32.const 25
;;   v25 = i32x4.shl v0 v24
;;   v26 = i32.const 27
;;   v27 = i32x4.shl v0 v26
;;   v28 = i32.const 29
;;   v29 = i32x4.shl v0 v28
;;   v30 = i32.const 31
;;   v31 = i32x4.shl v0 v30
;;   v32 = i32.const 33
;;   v33 = i32x4.shl v0 v32
;;   v34 = i32.const 35
;;   v35 = i32x4.shl v0 v34
;;   v36 = i32.const 37
;;   v37 = i32x4.shl v0 v36
;;   v38 = v128.xor v3 v5
;;   v39 = v128.xor v38 v7
;;   v40 = v128.xor v39 v9
;;   v41 = v128.xor v40 v11
;;   v42 = v128.xor v41 v13
;;   v43 = v128.xor v42 v15
;;   v44 = v128.xor v43 v17
;;   v45 = v128.xor v44 v19
;;   v46 = v128.xor v45 v21
;;   v47 = v128.xor v46 v23
;;   v48 = v128.xor v47 v25
;;   v49 = v128.xor v48 v27
;;   v50 = v128.xor v49 v29
;;   v51 = v128.xor v50 v31
;;   v52 = v128.xor v51 v33
;;   v53 = v128.xor v52 v35
;;   v54 = v128.xor v53 v37
;;   v55 = i8x16.sub v54 v3
;;   v56 = i8x16.sub v55 v5
;;   v57 = i8x16.sub v56 v7
;;   v58 = i8x16.sub v57 v9
;;   v59 = i8x16.sub v58 v11
;;   v60 = i8x16.sub v59 v13
;;   v61 = i8x16.sub v60 v15
;;   v62 = i8x16.sub v61 v17
;;   v63 = i8x16.sub v62 v19
;;   v64 = i8x16.sub v63 v21
;;   v65 = i8x16.sub v64 v23
;;   v66 = i8x16.sub v65 v25
;;   v67 = i8x16.sub v66 v27
;;   v68 = i8x16.sub v67 v29
;;   v69 = i8x16.sub v68 v31
;;   v70 = i8x16.sub v69 v33
;;   v71 = i8x16.sub v70 v35
;;   v72 = i8x16.sub v71 v37
;;   return(v72)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x40
;; block 0:
;;     24  vpslld xmm1, xmm0, 0x3
;;     29  vpslld xmm2, xmm0, 0x5
;;     34  vmovups xmmword ptr [rbp-0x40], xmm2
;;     39  vpslld xmm3, xmm0, 0x7
;;     44  vpslld xmm4, xmm0, 0x9
;;     49  vpslld xmm5, xmm0, 0xb
;;     54  vpslld xmm6, xmm0, 0xd
;;     59  vpslld xmm7, xmm0, 0xf
;;     64  vpslld xmm8, xmm0, 0x11
;;     69  vpslld xmm9, xmm0, 0x13
;;     74  vpslld xmm10, xmm0, 0x15
;;     79  vpslld xmm11, xmm0, 0x17
;;     84  vpslld xmm12, xmm0, 0x19
;;     89  vpslld xmm13, xmm0, 0x1b
;;     94  vpslld xmm14, xmm0, 0x1d
;;     99  vmovups xmmword ptr [rbp-0x30], xmm14
;;    104  vpslld xmm14, xmm0, 0x1f
;;    109  vmovups xmmword ptr [rbp-0x20], xmm14
;;    114  vpslld xmm14, xmm0, 0x1
;;    119  vmovups xmmword ptr [rbp-0x10], xmm14
;;    124  vpslld xmm14, xmm0, 0x3
;;    129  vpslld xmm0, xmm0, 0x5
;;    134  vpxor xmm2, xmm1, xmm2
;;    138  vpxor xmm2, xmm2, xmm3
;;    142  vpxor xmm2, xmm2, xmm4
;;    146  vpxor xmm2, xmm2, xmm5
;;    150  vpxor xmm2, xmm2, xmm6
;;    154  vpxor xmm2, xmm2, xmm7
;;    158  vpxor xmm2, xmm2, xmm8
;;    163  vpxor xmm2, xmm2, xmm9
;;    168  vpxor xmm2, xmm2, xmm10
;;    173  vpxor xmm2, xmm2, xmm11
;;    178  vpxor xmm2, xmm2, xmm12
;;    183  vpxor xmm2, xmm2, xmm13
;;    188  vpxor xmm2, xmm2, xmmword ptr [rbp-0x30]
;;    193  vpxor xmm2, xmm2, xmmword ptr [rbp-0x20]
;;    198  vpxor xmm2, xmm2, xmmword ptr [rbp-0x10]
;;    203  vpxor xmm2, xmm2, xmm14
;;    208  vpxor xmm2, xmm2, xmm0
;;    212  vpsubb xmm1, xmm2, xmm1
;;    216  vpsubb xmm1, xmm1, xmmword ptr [rbp-0x40]
;;    221  vpsubb xmm1, xmm1, xmm3
;;    225  vpsubb xmm1, xmm1, xmm4
;;    229  vpsubb xmm1, xmm1, xmm5
;;    233  vpsubb xmm1, xmm1, xmm6
;;    237  vpsubb xmm1, xmm1, xmm7
;;    241  vpsubb xmm1, xmm1, xmm8
;;    246  vpsubb xmm1, xmm1, xmm9
;;    251  vpsubb xmm1, xmm1, xmm10
;;    256  vpsubb xmm1, xmm1, xmm11
;;    261  vpsubb xmm1, xmm1, xmm12
;;    266  vpsubb xmm1, xmm1, xmm13
;;    271  vpsubb xmm1, xmm1, xmmword ptr [rbp-0x30]
;;    276  vpsubb xmm1, xmm1, xmmword ptr [rbp-0x20]
;;    281  vpsubb xmm1, xmm1, xmmword ptr [rbp-0x10]
;;    286  vpsubb xmm1, xmm1, xmm14
;;    291  vpsubb xmm0, xmm1, xmm0
;;    295  mov rsp, rbp
;;    298  pop rbp
;;    299  ret

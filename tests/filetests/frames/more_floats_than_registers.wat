;; So are numbers.
(module
  (func (param f64) (result f64) (local f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64) (local.set 1 (f64.mul (local.get 0) (f64.const 3))) (local.set 2 (f64.mul (local.get 0) (f64.const 5))) (local.set 3 (f64.mul (local.get 0) (f64.const 7))) (local.set 4 (f64.mul (local.get 0) (f64.const 9))) (local.set 5 (f64.mul (local.get 0) (f64.const 11))) (local.set 6 (f64.mul (local.get 0) (f64.const 13))) (local.set 7 (f64.mul (local.get 0) (f64.const 15))) (local.set 8 (f64.mul (local.get 0) (f64.const 17))) (local.set 9 (f64.mul (local.get 0) (f64.const 19))) (local.set 10 (f64.mul (local.get 0) (f64.const 21))) (local.set 11 (f64.mul (local.get 0) (f64.const 23))) (local.set 12 (f64.mul (local.get 0) (f64.const 25))) (local.set 13 (f64.mul (local.get 0) (f64.const 27))) (local.set 14 (f64.mul (local.get 0) (f64.const 29))) (local.set 15 (f64.mul (local.get 0) (f64.const 31))) (local.set 16 (f64.mul (local.get 0) (f64.const 33))) (local.set 17 (f64.mul (local.get 0) (f64.const 35))) (local.set 18 (f64.mul (local.get 0) (f64.const 37))) (local.get 1) (f64.add (local.get 2)) (f64.add (local.get 3)) (f64.add (local.get 4)) (f64.add (local.get 5)) (f64.add (local.get 6)) (f64.add (local.get 7)) (f64.add (local.get 8)) (f64.add (local.get 9)) (f64.add (local.get 10)) (f64.add (local.get 11)) (f64.add (local.get 12)) (f64.add (local.get 13)) (f64.add (local.get 14)) (f64.add (local.get 15)) (f64.add (local.get 16)) (f64.add (local.get 17)) (f64.add (local.get 18)) (f64.sub (local.get 1)) (f64.sub (local.get 2)) (f64.sub (local.get 3)) (f64.sub (local.get 4)) (f64.sub (local.get 5)) (f64.sub (local.get 6)) (f64.sub (local.get 7)) (f64.sub (local.get 8)) (f64.sub (local.get 9)) (f64.sub (local.get 10)) (f64.sub (local.get 11)) (f64.sub (local.get 12)) (f64.sub (local.get 13)) (f64.sub (local.get 14)) (f64.sub (local.get 15)) (f64.sub (local.get 16)) (f64.sub (local.get 17)) (f64.sub (local.get 18))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.const 0.0
;;   v2 = f64.const 3.0
;;   v3 = f64.mul v0 v2
;;   v4 = f64.const 5.0
;;   v5 = f64.mul v0 v4
;;   v6 = f64.const 7.0
;;   v7 = f64.mul v0 v6
;;   v8 = f64.const 9.0
;;   v9 = f64.mul v0 v8
;;   v10 = f64.const 11.0
;;   v11 = f64.mul v0 v10
;;   v12 = f64.const 13.0
;;   v13 = f64.mul v0 v12
;;   v14 = f64.const 15.0
;;   v15 = f64.mul v0 v14
;;   v16 = f64.const 17.0
;;   v17 = f64.mul v0 v16
;;   v18 = f64.const 19.0
;;   v19 = f64.mul v0 v18
;;   v20 = f64.const 21.0
;;   v21 = f64.mul v0 v20
;;   v22 = f64.const 23.0
;;   v23 = f64.mul v0 v22
;;   v24 = f64.const 25.0
;;   v25 = f64.mul v0 v24
;;   v26 = f64.const 27.0
;;   v27 = f64.mul v0 v26
;;   v28 = f64.const 29.0
;;   v29 = f64.mul v0 v28
;;   v30 = f64.const 31.0
;;   v31 = f64.mul v0 v30
;;   v32 = f64.const 33.0
;;   v33 = f64.mul v0 v32
;;   v34 = f64.const 35.0
;;   v35 = f64.mul v0 v34
;;   v36 = f64.const 37.0
;;   v37 = f64.mul v0 v36
;;   v38 = f64.add v3 v5
;;   v39 = f64.add v38 v7
;;   v40 = f64.add v39 v9
;;   v41 = f64.add v40 v11
;;   v42 = f64.add v41 v13
;;   v43 = f64.add v42 v15
;;   v44 = f64.add v43 v17
;;   v45 = f64.add v44 v19
;;   v46 = f64.add v45 v21
;;   v47 = f64.add v46 v23
;;   v48 = f64.add v47 v25
;;   v49 = f64.add v48 v27
;;   v50 = f64.add v49 v29
;;   v51 = f64.add v50 v31
;;   v52 = f64.add v51 v33
;;   v53 = f64.add v52 v35
;;   v54 = f64.add v53 v37
;;   v55 = f64.sub v54 v3
;;   v56 = f64.sub v55 v5
;;   v57 = f64.sub v56 v7
;;   v58 = f64.sub v57 v9
;;   v59 = f64.sub v58 v11
;;   v60 = f64.sub v59 v13
;;   v61 = f64.sub v60 v15
;;   v62 = f64.sub v61 v17
;;   v63 = f64.sub v62 v19
;;   v64 = f64.sub v63 v21
;;   v65 = f64.sub v64 v23
;;   v66 = f64.sub v65 v25
;;   v67 = f64.sub v66 v27
;;   v68 = f64.sub v67 v29
;;   v69 = f64.sub v68 v31
;;   v70 = f64.sub v69 v33
;;   v71 = f64.sub v70 v35
;;   v72 = f64.sub v71 v37
;;   return(v72)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x20
;; block 0:
;;     24  vmulsd xmm1, xmm0, qword ptr [rip]
;;     32  vmulsd xmm2, xmm0, qword ptr [rip]
;;     40  vmovsd qword ptr [rbp-0x20], xmm2
;;     45  vmulsd xmm3, xmm0, qword ptr [rip]
;;     53  vmulsd xmm4, xmm0, qword ptr [rip]
;;     61  vmulsd xmm5, xmm0, qword ptr [rip]
;;     69  vmulsd xmm6, xmm0, qword ptr [rip]
;;     77  vmulsd xmm7, xmm0, qword ptr [rip]
;;     85  vmulsd xmm8, xmm0, qword ptr [rip]
;;     93  vmulsd xmm9, xmm0, qword ptr [rip]
;;    101  vmulsd xmm10, xmm0, qword ptr [rip]
;;    109  vmulsd xmm11, xmm0, qword ptr [rip]
;;    117  vmulsd xmm12, xmm0, qword ptr [rip]
;;    125  vmulsd xmm13, xmm0, qword ptr [rip]
;;    133  vmulsd xmm14, xmm0, qword ptr [rip]
;;    141  vmovsd qword ptr [rbp-0x18], xmm14
;;    146  vmulsd xmm14, xmm0, qword ptr [rip]
;;    154  vmovsd qword ptr [rbp-0x10], xmm14
;;    159  vmulsd xmm14, xmm0, qword ptr [rip]
;;    167  vmovsd qword ptr [rbp-0x8], xmm14
;;    172  vmulsd xmm14, xmm0, qword ptr [rip]
;;    180  vmulsd xmm0, xmm0, qword ptr [rip]
;;    188  vaddsd xmm2, xmm1, xmm2
;;    192  vaddsd xmm2, xmm2, xmm3
;;    196  vaddsd xmm2, xmm2, xmm4
;;    200  vaddsd xmm2, xmm2, xmm5
;;    204  vaddsd xmm2, xmm2, xmm6
;;    208  vaddsd xmm2, xmm2, xmm7
;;    212  vaddsd xmm2, xmm2, xmm8
;;    217  vaddsd xmm2, xmm2, xmm9
;;    222  vaddsd xmm2, xmm2, xmm10
;;    227  vaddsd xmm2, xmm2, xmm11
;;    232  vaddsd xmm2, xmm2, xmm12
;;    237  vaddsd xmm2, xmm2, xmm13
;;    242  vaddsd xmm2, xmm2, qword ptr [rbp-0x18]
;;    247  vaddsd xmm2, xmm2, qword ptr [rbp-0x10]
;;    252  vaddsd xmm2, xmm2, qword ptr [rbp-0x8]
;;    257  vaddsd xmm2, xmm2, xmm14
;;    262  vaddsd xmm2, xmm2, xmm0
;;    266  vsubsd xmm1, xmm2, xmm1
;;    270  vsubsd xmm1, xmm1, qword ptr [rbp-0x20]
;;    275  vsubsd xmm1, xmm1, xmm3
;;    279  vsubsd xmm1, xmm1, xmm4
;;    283  vsubsd xmm1, xmm1, xmm5
;;    287  vsubsd xmm1, xmm1, xmm6
;;    291  vsubsd xmm1, xmm1, xmm7
;;    295  vsubsd xmm1, xmm1, xmm8
;;    300  vsubsd xmm1, xmm1, xmm9
;;    305  vsubsd xmm1, xmm1, xmm10
;;    310  vsubsd xmm1, xmm1, xmm11
;;    315  vsubsd xmm1, xmm1, xmm12
;;    320  vsubsd xmm1, xmm1, xmm13
;;    325  vsubsd xmm1, xmm1, qword ptr [rbp-0x18]
;;    330  vsubsd xmm1, xmm1, qword ptr [rbp-0x10]
;;    335  vsubsd xmm1, xmm1, qword ptr [rbp-0x8]
;;    340  vsubsd xmm1, xmm1, xmm14
;;    345  vsubsd xmm0, xmm1, xmm0
;;    349  mov rsp, rbp
;;    352  pop rbp
;;    353  ret

;; What is needed last is stored and loaded again.
(module
  (func (param i32) (result i32) (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (local.set 1 (i32.mul (local.get 0) (i32.const 3))) (local.set 2 (i32.mul (local.get 0) (i32.const 5))) (local.set 3 (i32.mul (local.get 0) (i32.const 7))) (local.set 4 (i32.mul (local.get 0) (i32.const 9))) (local.set 5 (i32.mul (local.get 0) (i32.const 11))) (local.set 6 (i32.mul (local.get 0) (i32.const 13))) (local.set 7 (i32.mul (local.get 0) (i32.const 15))) (local.set 8 (i32.mul (local.get 0) (i32.const 17))) (local.set 9 (i32.mul (local.get 0) (i32.const 19))) (local.set 10 (i32.mul (local.get 0) (i32.const 21))) (local.set 11 (i32.mul (local.get 0) (i32.const 23))) (local.set 12 (i32.mul (local.get 0) (i32.const 25))) (local.set 13 (i32.mul (local.get 0) (i32.const 27))) (local.set 14 (i32.mul (local.get 0) (i32.const 29))) (local.set 15 (i32.mul (local.get 0) (i32.const 31))) (local.set 16 (i32.mul (local.get 0) (i32.const 33))) (local.set 17 (i32.mul (local.get 0) (i32.const 35))) (local.set 18 (i32.mul (local.get 0) (i32.const 37))) (local.get 1) (i32.xor (local.get 2)) (i32.xor (local.get 3)) (i32.xor (local.get 4)) (i32.xor (local.get 5)) (i32.xor (local.get 6)) (i32.xor (local.get 7)) (i32.xor (local.get 8)) (i32.xor (local.get 9)) (i32.xor (local.get 10)) (i32.xor (local.get 11)) (i32.xor (local.get 12)) (i32.xor (local.get 13)) (i32.xor (local.get 14)) (i32.xor (local.get 15)) (i32.xor (local.get 16)) (i32.xor (local.get 17)) (i32.xor (local.get 18)) (i32.sub (local.get 1)) (i32.sub (local.get 2)) (i32.sub (local.get 3)) (i32.sub (local.get 4)) (i32.sub (local.get 5)) (i32.sub (local.get 6)) (i32.sub (local.get 7)) (i32.sub (local.get 8)) (i32.sub (local.get 9)) (i32.sub (local.get 10)) (i32.sub (local.get 11)) (i32.sub (local.get 12)) (i32.sub (local.get 13)) (i32.sub (local.get 14)) (i32.sub (local.get 15)) (i32.sub (local.get 16)) (i32.sub (local.get 17)) (i32.sub (local.get 18))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   v2 = i32.const 3
;;   v3 = i32.mul v0 v2
;;   v4 = i32.const 5
;;   v5 = i32.mul v0 v4
;;   v6 = i32.const 7
;;   v7 = i32.mul v0 v6
;;   v8 = i32.const 9
;;   v9 = i32.mul v0 v8
;;   v10 = i32.const 11
;;   v11 = i32.mul v0 v10
;;   v12 = i32.const 13
;;   v13 = i32.mul v0 v12
;;   v14 = i32.const 15
;;   v15 = i32.mul v0 v14
;;   v16 = i32.const 17
;;   v17 = i32.mul v0 v16
;;   v18 = i32.const 19
;;   v19 = i32.mul v0 v18
;;   v20 = i32.const 21
;;   v21 = i32.mul v0 v20
;;   v22 = i32.const 23
;;   v23 = i32.mul v0 v22
;;   v24 = i32.const 25
;;   v25 = i32.mul v0 v24
;;   v26 = i32.const 27
;;   v27 = i32.mul v0 v26
;;   v28 = i32.const 29
;;   v29 = i32.mul v0 v28
;;   v30 = i32.const 31
;;   v31 = i32.mul v0 v30
;;   v32 = i32.const 33
;;   v33 = i32.mul v0 v32
;;   v34 = i32.const 35
;;   v35 = i32.mul v0 v34
;;   v36 = i32.const 37
;;   v37 = i32.mul v0 v36
;;   v38 = i32.xor v3 v5
;;   v39 = i32.xor v7 v38
;;   v40 = i32.xor v9 v39
;;   v41 = i32.xor v11 v40
;;   v42 = i32.xor v13 v41
;;   v43 = i32.xor v15 v42
;;   v44 = i32.xor v17 v43
;;   v45 = i32.xor v19 v44
;;   v46 = i32.xor v21 v45
;;   v47 = i32.xor v23 v46
;;   v48 = i32.xor v25 v47
;;   v49 = i32.xor v27 v48
;;   v50 = i32.xor v29 v49
;;   v51 = i32.xor v31 v50
;;   v52 = i32.xor v33 v51
;;   v53 = i32.xor v35 v52
;;   v54 = i32.xor v37 v53
;;   v55 = i32.sub v54 v3
;;   v56 = i32.sub v55 v5
;;   v57 = i32.sub v56 v7
;;   v58 = i32.sub v57 v9
;;   v59 = i32.sub v58 v11
;;   v60 = i32.sub v59 v13
;;   v61 = i32.sub v60 v15
;;   v62 = i32.sub v61 v17
;;   v63 = i32.sub v62 v19
;;   v64 = i32.sub v63 v21
;;   v65 = i32.sub v64 v23
;;   v66 = i32.sub v65 v25
;;   v67 = i32.sub v66 v27
;;   v68 = i32.sub v67 v29
;;   v69 = i32.sub v68 v31
;;   v70 = i32.sub v69 v33
;;   v71 = i32.sub v70 v35
;;   v72 = i32.sub v71 v37
;;   return(v72)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x60
;;     24  mov qword ptr [rbp-0x8], rbx
;;     28  mov qword ptr [rbp-0x10], r12
;;     32  mov qword ptr [rbp-0x18], r13
;;     36  mov qword ptr [rbp-0x20], r15
;; block 0:
;;     40  imul eax, edi, 0x3
;;     43  mov qword ptr [rbp-0x60], rax
;;     47  imul ecx, edi, 0x5
;;     50  imul edx, edi, 0x7
;;     53  imul esi, edi, 0x9
;;     56  imul r8d, edi, 0xb
;;     60  imul r9d, edi, 0xd
;;     64  imul r10d, edi, 0xf
;;     68  imul ebx, edi, 0x11
;;     71  imul r12d, edi, 0x13
;;     75  imul r13d, edi, 0x15
;;     79  imul r15d, edi, 0x17
;;     83  mov qword ptr [rbp-0x58], r15
;;     87  imul r15d, edi, 0x19
;;     91  mov qword ptr [rbp-0x50], r15
;;     95  imul r15d, edi, 0x1b
;;     99  mov qword ptr [rbp-0x48], r15
;;    103  imul r15d, edi, 0x1d
;;    107  mov qword ptr [rbp-0x40], r15
;;    111  imul r15d, edi, 0x1f
;;    115  mov qword ptr [rbp-0x38], r15
;;    119  imul r15d, edi, 0x21
;;    123  mov qword ptr [rbp-0x30], r15
;;    127  imul r15d, edi, 0x23
;;    131  imul edi, edi, 0x25
;;    134  xor eax, ecx
;;    136  xor eax, edx
;;    138  xor eax, esi
;;    140  xor eax, r8d
;;    143  xor eax, r9d
;;    146  xor eax, r10d
;;    149  xor eax, ebx
;;    151  xor eax, r12d
;;    154  xor eax, r13d
;;    157  mov qword ptr [rbp-0x28], rax
;;    161  mov rax, qword ptr [rbp-0x58]
;;    165  xor eax, dword ptr [rbp-0x28]
;;    168  mov qword ptr [rbp-0x28], rax
;;    172  mov rax, qword ptr [rbp-0x50]
;;    176  xor eax, dword ptr [rbp-0x28]
;;    179  mov qword ptr [rbp-0x28], rax
;;    183  mov rax, qword ptr [rbp-0x48]
;;    187  xor eax, dword ptr [rbp-0x28]
;;    190  mov qword ptr [rbp-0x28], rax
;;    194  mov rax, qword ptr [rbp-0x40]
;;    198  xor eax, dword ptr [rbp-0x28]
;;    201  mov qword ptr [rbp-0x28], rax
;;    205  mov rax, qword ptr [rbp-0x38]
;;    209  xor eax, dword ptr [rbp-0x28]
;;    212  mov qword ptr [rbp-0x28], rax
;;    216  mov rax, qword ptr [rbp-0x30]
;;    220  xor eax, dword ptr [rbp-0x28]
;;    223  xor eax, r15d
;;    226  xor eax, edi
;;    228  sub eax, dword ptr [rbp-0x60]
;;    231  sub eax, ecx
;;    233  sub eax, edx
;;    235  sub eax, esi
;;    237  sub eax, r8d
;;    240  sub eax, r9d
;;    243  sub eax, r10d
;;    246  sub eax, ebx
;;    248  sub eax, r12d
;;    251  sub eax, r13d
;;    254  sub eax, dword ptr [rbp-0x58]
;;    257  sub eax, dword ptr [rbp-0x50]
;;    260  sub eax, dword ptr [rbp-0x48]
;;    263  sub eax, dword ptr [rbp-0x40]
;;    266  sub eax, dword ptr [rbp-0x38]
;;    269  sub eax, dword ptr [rbp-0x30]
;;    272  sub eax, r15d
;;    275  sub eax, edi
;;    277  mov rbx, qword ptr [rbp-0x8]
;;    281  mov r12, qword ptr [rbp-0x10]
;;    285  mov r13, qword ptr [rbp-0x18]
;;    289  mov r15, qword ptr [rbp-0x20]
;;    293  mov rsp, rbp
;;    296  pop rbp
;;    297  ret

#include "textflag.h"

// func dotsVNNI(codes *byte, probe *int8, dots *int32, rows, width int)
TEXT ·dotsVNNI(SB), NOSPLIT, $0-40
	MOVQ codes+0(FP), SI
	MOVQ probe+8(FP), DI
	MOVQ dots+16(FP), DX
	MOVQ rows+24(FP), CX
	MOVQ width+32(FP), BX

row512:
	VPXORQ Z0, Z0, Z0
	XORQ   AX, AX

lane512:
	PREFETCHT0 4096(SI)(AX*1)
	VMOVDQU64  (SI)(AX*1), Z1
	VPDPBUSD   (DI)(AX*1), Z1, Z0 // four products of a byte of Z1, unsigned, and one of the probe, signed
	ADDQ       $64, AX
	CMPQ       AX, BX
	JLT        lane512

	VEXTRACTI64X4 $1, Z0, Y1
	VPADDD        Y1, Y0, Y0
	VEXTRACTI128  $1, Y0, X1
	VPADDD        X1, X0, X0
	VPSHUFD       $0xEE, X0, X1
	VPADDD        X1, X0, X0
	VPSHUFD       $0x55, X0, X1
	VPADDD        X1, X0, X0
	VMOVD         X0, (DX)
	ADDQ          BX, SI
	ADDQ          $4, DX
	DECQ          CX
	JNZ           row512
	VZEROUPPER
	RET

// func dotsAVX2(codes *byte, probe *int8, dots *int32, rows, width int)
TEXT ·dotsAVX2(SB), NOSPLIT, $0-40
	MOVQ codes+0(FP), SI
	MOVQ probe+8(FP), DI
	MOVQ dots+16(FP), DX
	MOVQ rows+24(FP), CX
	MOVQ width+32(FP), BX

row256:
	VPXOR Y0, Y0, Y0
	VPXOR Y5, Y5, Y5
	XORQ  AX, AX

lane256:
	PREFETCHT0 4096(SI)(AX*1)
	VPMOVZXBW  (SI)(AX*1), Y1
	VPMOVSXBW  (DI)(AX*1), Y2
	VPMADDWD   Y2, Y1, Y1
	VPADDD     Y1, Y0, Y0
	VPMOVZXBW  16(SI)(AX*1), Y3
	VPMOVSXBW  16(DI)(AX*1), Y4
	VPMADDWD   Y4, Y3, Y3
	VPADDD     Y3, Y5, Y5
	VPMOVZXBW  32(SI)(AX*1), Y1
	VPMOVSXBW  32(DI)(AX*1), Y2
	VPMADDWD   Y2, Y1, Y1
	VPADDD     Y1, Y0, Y0
	VPMOVZXBW  48(SI)(AX*1), Y3
	VPMOVSXBW  48(DI)(AX*1), Y4
	VPMADDWD   Y4, Y3, Y3
	VPADDD     Y3, Y5, Y5
	ADDQ       $64, AX
	CMPQ       AX, BX
	JLT        lane256

	VPADDD       Y5, Y0, Y0
	VEXTRACTI128 $1, Y0, X1
	VPADDD       X1, X0, X0
	VPSHUFD      $0xEE, X0, X1
	VPADDD       X1, X0, X0
	VPSHUFD      $0x55, X0, X1
	VPADDD       X1, X0, X0
	VMOVD        X0, (DX)
	ADDQ         BX, SI
	ADDQ         $4, DX
	DECQ         CX
	JNZ          row256
	VZEROUPPER
	RET
